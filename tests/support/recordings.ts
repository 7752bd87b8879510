import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

const ROOT = new URL('../fixtures/woocommerce/', import.meta.url);

export type RecordingFolder = 'rest' | 'webhooks';

/** Names and values in wire order; a name can repeat. */
type HeaderList = [name: string, value: string][];

/** One exchange with a real WooCommerce; see tests/fixtures/README.md. */
export interface Recording {
  readonly name: string;
  readonly description: string;
  readonly request: {
    readonly method: string;
    readonly scheme: string;
    readonly path: string;
    readonly query: string;
    readonly headers: HeaderList;
    readonly body?: string;
  };
  readonly response: {
    readonly status: number;
    readonly headers: HeaderList;
    /** The bytes as they were sent, compressed where the headers say so. */
    readonly bytes: Buffer;
    /** The raw text; empty where the body was recorded compressed. */
    readonly body: string;
  };
}

interface RecordingFile {
  readonly description: string;
  readonly request: Recording['request'];
  readonly response: {
    readonly status: number;
    readonly headers: HeaderList;
    readonly body?: string;
    readonly bodyBase64?: string;
  };
}

/** Names without `.json`, sorted. */
export function recordingNames(folder: RecordingFolder): string[] {
  return readdirSync(new URL(`${folder}/`, ROOT))
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'))
    .sort();
}

/** An exchange of `rest/`, by its name without `.json`. */
export function loadRecording(name: string): Recording {
  const file: RecordingFile = JSON.parse(
    readFileSync(new URL(`rest/${basename(name, '.json')}.json`, ROOT), 'utf8'),
  );
  const { status, headers, body, bodyBase64 } = file.response;
  const bytes =
    bodyBase64 === undefined ? Buffer.from(body ?? '', 'utf8') : Buffer.from(bodyBase64, 'base64');
  return {
    name,
    description: file.description,
    request: file.request,
    response: { status, headers, bytes, body: body ?? '' },
  };
}

/** The parsed body of an exchange of `rest/`. */
export function recordedJson(name: string): unknown {
  return JSON.parse(loadRecording(name).response.body);
}

/** The JSON of one recorded order, for example `recordedOrder('order-plain-nl21')`. */
export function recordedOrder(name: string): Record<string, unknown> {
  const json = recordedJson(name);
  if (!isRecord(json)) throw new Error(`${name} holds no single order`);
  return json;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
