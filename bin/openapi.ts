/** `npm run openapi`: writes `docs/openapi.json` anew from the tables of operations. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openApiDocument } from '../src/http/openapi/document.ts';
import { everyOperation } from '../src/http/public-api.ts';

const document = openApiDocument(everyOperation());
await writeFile(join(import.meta.dirname, '../docs/openapi.json'), `${JSON.stringify(document, null, 2)}\n`);
