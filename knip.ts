import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'bin/*.{ts,mjs}',
    'lambdas/*/index.ts',
    'local/**/*.mjs',
    'portal/main.tsx',
    'portal/vite.config.ts',
    'test/**/*.test.ts',
    'test/*.ts',
    'test/faults/{run,mutants,lives-worker}.ts',
    'test/local/fixture-app/**/*.{ts,mjs}',
    'bench/*.ts',
  ],
  project: ['{bin,lib,lambdas,src,local,simulator,portal,test,bench}/**/*.{ts,tsx,mjs}'],
  // Run by their commands, from node_modules/.bin.
  ignoreDependencies: ['dependency-cruiser', 'jest'],
};

export default config;
