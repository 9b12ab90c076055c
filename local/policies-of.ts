import type { PolicyBook } from './iam/access-book.ts';
import { readPolicies } from './provision/read-policies.ts';
import { readAssembly } from './template/read-assembly.ts';
import { readStack } from './template/read-stack.ts';

/**
 * The policies of a synthesised stack without running it, for tests that compare what was used with what was written
 * or ask recorded questions again of changed policies. Names and ARNs are those of a run; URLs are not.
 */
export function policiesOf(
  assemblyDir: string,
  parameters: Readonly<Record<string, string>> = {},
  stackName?: string,
): PolicyBook {
  const { name, account, region, template } = readAssembly(assemblyDir, stackName);
  const place = {
    account,
    region,
    stackName: name,
    originUrl: 'http://127.0.0.1:1',
    awsUrl: 'http://127.0.0.1:2',
    signInUrl: 'http://127.0.0.1:3',
  };
  return readPolicies(readStack(template, place, parameters));
}
