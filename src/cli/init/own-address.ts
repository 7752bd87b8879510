import { readOwnAddress } from '../../setup/address.js';
import { ANSWER_PROBLEMS } from '../../setup/answers.js';
import type { OwnAddress } from '../../setup/webhook.js';
import { addressWarnings } from '../../webhook/registration-warnings.js';
import type { Session } from './session.js';

const OPTION = '--webhook-url <address>, or --no-webhook';

export async function chooseOwnAddress(session: Session, shopUrl: string): Promise<OwnAddress> {
  const { options, answers } = session;
  const given = options.webhookUrl ?? options.callbackUrl;
  if (!options.webhook && given === undefined) return {};
  const text = await answers.text({
    option: given === options.webhookUrl ? OPTION : '--callback-url <address>',
    given,
    message:
      'Public https address at which the shop reaches orderpark (empty: none, the shop is polled)',
    initial: '',
    problem: (answer) => problemOf(answer, shopUrl),
  });
  const read = readOwnAddress(text);
  if (text.trim() === '' || !read.ok) return {};
  const ownUrl = read.url;
  if (!options.webhook) return { ownUrl };
  if (options.webhookUrl !== undefined) return { ownUrl, webhookUrl: ownUrl };
  const wantsWebhook = await answers.confirm({
    option: OPTION,
    message:
      'Let the shop tell of each change within seconds? (orderpark makes webhooks in it, and writes nothing else)',
    initial: true,
  });
  return wantsWebhook ? { ownUrl, webhookUrl: ownUrl } : { ownUrl };
}

function problemOf(answer: string, shopUrl: string): string | undefined {
  if (answer.trim() === '') return undefined;
  const read = readOwnAddress(answer);
  if (!read.ok) return ANSWER_PROBLEMS[read.problem];
  // What WordPress would not deliver to.
  return addressWarnings(read.url, shopUrl)[0]?.message;
}
