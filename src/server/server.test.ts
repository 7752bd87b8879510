import { afterEach, describe, expect, it } from 'vitest';
import { createLogger } from '../runtime/logger.js';
import { type RunningServer, type ServerOptions, startServer } from './server.js';

let server: RunningServer | undefined;
let lines: string[];

afterEach(() => server?.stop(0));

async function start(mount: ServerOptions['mount'] = () => {}, port = 0): Promise<string> {
  lines = [];
  const logger = createLogger({
    level: 'debug',
    format: 'json',
    write: (line) => lines.push(line),
  });
  server = await startServer({ host: '127.0.0.1', port, trustProxy: 0, logger, mount });
  return server.url;
}

describe('the server', () => {
  it('says nothing of what runs it', async () => {
    const { status, headers } = await fetch(await start());
    expect(status).toBe(404);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('content-security-policy')).not.toBeNull();
  });

  it('answers an error of ours without its details, and logs it without the query', async () => {
    const url = await start((app) => {
      app.get('/fails', () => {
        throw new Error('the inner detail');
      });
    });
    const answer = await fetch(`${url}/fails?licensekey=lk-0123456789`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).toBe('Something went wrong.\n');
    const logged = lines.join('');
    expect(logged).toContain('the inner detail');
    expect(logged).not.toContain('lk-0123456789');
  });

  it('answers an error of the sender as such, and logs nothing', async () => {
    const url = await start((app) => {
      app.get('/of/:name', () => undefined);
      app.get('/bad', () => {
        throw Object.assign(new Error('bad'), { status: 422 });
      });
    });
    const before = lines.length;
    expect((await fetch(`${url}/of/%zz`)).status).toBe(400);
    expect((await fetch(`${url}/bad`)).status).toBe(422);
    expect(lines).toHaveLength(before);
  });

  it('stops only when requests under way are answered', async () => {
    let finish: () => void = () => {};
    let begun: () => void = () => {};
    const isUnderWay = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const url = await start((app) => {
      app.get('/slow', (_request, response) => {
        finish = () => void response.send('done');
        begun();
      });
    });
    const answer = fetch(`${url}/slow`);
    await isUnderWay;
    const stopping = server?.stop(60_000);
    await expect(fetch(`${url}/other`)).rejects.toThrow();
    finish();
    expect(await (await answer).text()).toBe('done');
    await stopping;
  });

  it('breaks off what is not answered in time', async () => {
    let begun: () => void = () => {};
    const isUnderWay = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const url = await start((app) => {
      app.get('/never', () => begun());
    });
    const answer = fetch(`${url}/never`).catch(() => 'broken off');
    await isUnderWay;
    await server?.stop(1);
    expect(await answer).toBe('broken off');
  });

  it('refuses an address that is taken, and says what to do', async () => {
    const url = await start();
    const first = server;
    const port = Number(new URL(url).port);
    await expect(start(() => {}, port)).rejects.toMatchObject({
      message: expect.stringContaining('EADDRINUSE'),
      fix: expect.stringContaining('server.port'),
    });
    server = first;
  });
});
