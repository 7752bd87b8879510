import { isObject, type JsonObject, numberOf, parseJson } from '../../src/demo/json.js';
import { KEYS } from './owner-file.js';
import { type Running, startNode, until } from './program.js';

/** The demo shop in a process of its own, driven over its control address. */
export interface ShopProcess {
  readonly url: string;
  readonly running: Running;
  control(what: string, body?: JsonObject): Promise<JsonObject>;
  /** How many requests it has been asked. */
  requests(): Promise<number>;
  stop(): Promise<void>;
}

/** `program` is the compiled file; `more` are its own options. */
export async function startShopProcess(
  program: string,
  more: readonly string[] = [],
): Promise<ShopProcess> {
  const keys = ['--key', KEYS.consumerKey, '--secret', KEYS.consumerSecret];
  const running = startNode([program, ...keys, ...more]);
  await until(
    () => running.output.out.includes('\n') || running.child.exitCode !== null,
    () => running.output.err,
  );
  const said = parseJson(running.output.out || '{}');
  const url = isObject(said) ? said['url'] : undefined;
  if (typeof url !== 'string') throw new Error(`no demo shop started: ${running.output.err}`);
  const control = async (what: string, body?: JsonObject) => {
    const answer = await fetch(`${url}/__demo/${what}`, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const told = parseJson(await answer.text());
    if (!answer.ok || !isObject(told)) throw new Error(`${what} failed with ${answer.status}`);
    return told;
  };
  return {
    url,
    running,
    control,
    requests: async () => numberOf((await control('state'))['requests']),
    async stop() {
      running.child.kill('SIGKILL');
      await running.ended;
    },
  };
}
