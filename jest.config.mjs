// One configuration; a layer of tests is a folder under test/ (see docs/testing.md).
const layer = (name) => ({
  displayName: name,
  rootDir: import.meta.dirname,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', tsx: false },
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/dist', '<rootDir>/.local'],
});

export default {
  projects: ['unit', 'contract', 'simulator', 'local', 'infra', 'e2e', 'browser', 'long'].map(layer),
  maxWorkers: 2,
  // A test that hangs is to be found; none is to fail because the machine is busy.
  testTimeout: 300_000,
};
