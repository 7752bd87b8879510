import { writeFileSync } from 'node:fs';
import { configJsonSchema } from './json-schema.js';

/** Writes config/orderpark.schema.json (`npm run schema`). */
const file = new URL('../../config/orderpark.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
