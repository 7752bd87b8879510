/** Takes a shop's key, secret and whatever is made of them out of a text that others will see. */
export type Redact = (text: string) => string;

const PARAMETERS = /((?:oauth_signature|oauth_nonce|consumer_secret|consumer_key)=)[^&\s"'<>]*/gi;

export function redactorFor(consumerKey: string, consumerSecret: string): Redact {
  const pair = `${consumerKey}:${consumerSecret}`;
  const secrets = [Buffer.from(pair).toString('base64'), consumerSecret, consumerKey]
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .filter((secret) => secret !== '');
  return (text) =>
    secrets
      .reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), text)
      .replace(PARAMETERS, '$1[redacted]');
}
