import express, { type RequestHandler } from 'express';

/** How a browser sends a form with a file in it. */
const TYPE = 'multipart/form-data';

/**
 * Reads a form with files as if what is in them had been pasted: each becomes a field of its name, empty
 * where none was chosen. What cannot be read is an empty form, which carries no token and is refused.
 */
export function multipartForms(limit: string): readonly RequestHandler[] {
  return [
    express.raw({ type: TYPE, limit }),
    async (request, _, next) => {
      if (Buffer.isBuffer(request.body) && request.is(TYPE)) {
        request.body = await fieldsOf(request.body, request.get('content-type') ?? '');
      }
      next();
    },
  ];
}

async function fieldsOf(body: Buffer, type: string): Promise<URLSearchParams> {
  const fields = new URLSearchParams();
  try {
    const sent = await new Response(new Uint8Array(body), {
      headers: { 'Content-Type': type },
    }).formData();
    for (const [name, value] of sent) {
      fields.append(name, typeof value === 'string' ? value : await value.text());
    }
  } catch {
    return new URLSearchParams();
  }
  return fields;
}
