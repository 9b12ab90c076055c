import { existsSync } from 'node:fs';
import { describe } from '@jest/globals';
import { executablePath } from './chromium.ts';

/** On a machine without the browser these tests are skipped by name; CI has to have it. */
export const describeInBrowser =
  existsSync(executablePath) || process.env['CI'] === 'true' ? describe : describe.skip;
