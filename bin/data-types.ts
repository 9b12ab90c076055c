/** `node bin/data-types.ts`: writes `docs/data-types.md` anew from the catalogue of resources. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataTypesPage } from '../src/freshbooks/data-types-page.ts';

await writeFile(join(import.meta.dirname, '../docs/data-types.md'), dataTypesPage());
