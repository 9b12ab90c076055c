// Who may import whom (docs/architecture.md). A row is a folder and what it may import; anything else is an
// error whose message names what is allowed.
const arrows = {
  '^src/domain/': { may: ['src/domain'], packages: ['zod', 'big.js', 'temporal-polyfill'] },
  '^src/app/': { may: ['src/app', 'src/domain'], packages: ['zod'] },
  '^src/freshbooks/': {
    may: ['src/freshbooks', 'src/domain', 'src/app/ports.ts'],
    packages: ['zod', 'big.js', 'temporal-polyfill', 'oauth4webapi', 'p-limit'],
  },
  '^src/books/': { may: ['src/books', 'src/domain', 'src/app/ports.ts'], packages: ['zod', 'p-limit'] },
  '^src/http/': { may: ['src/http', 'src/app', 'src/domain', 'messages'], packages: ['zod', 'find-my-way'] },
  '^src/adapters/': {
    may: ['src/adapters', 'src/domain', 'src/app/ports.ts', 'src/app/event-ports.ts'],
    packages: ['zod', '@aws-sdk', 'jose'],
  },
  '^src/config\\.ts$': { may: [], packages: ['zod'] },
  '^src/compose/': { may: ['src'], packages: ['zod'] },
  '^lambdas/[^/]+/': {
    may: ['src/compose', 'src/http', 'src/config.ts', 'src/app/ports.ts', 'lambdas'],
    packages: ['zod'],
  },
  '^lambdas/edge\\.ts$': {
    may: ['src/http', 'src/domain', 'src/config.ts', 'src/app/ports.ts', 'lambdas'],
    packages: ['@middy', '@aws-lambda-powertools', 'zod'],
  },
  '^lib/': { may: ['lib', 'src/config.ts'], packages: ['aws-cdk-lib', 'constructs', 'cdk-nag'] },
  '^bin/local': { may: ['bin', 'local', 'simulator'], packages: ['*'] },
  '^local/': { may: ['local'], packages: ['*'] },
  '^simulator/': { may: ['simulator'], packages: ['*'] },
  '^portal/': { may: ['portal', 'messages'], packages: ['*'] },
};

const ours = '^(src|lambdas|lib|local|simulator|portal|messages|bin|test|bench)/';
const escaped = (path) => path.replaceAll('.', '\\.');

const rules = Object.entries(arrows).flatMap(([from, { may, packages }]) => {
  const allowed = may.length ? may.join(', ') : 'nothing of ours';
  const comment = `${from} may import: ${allowed}; packages: ${packages.join(', ') || 'none'}; and node:*`;
  const folders = {
    name: `arrows ${from}`,
    comment,
    severity: 'error',
    from: { path: from },
    to: { path: ours, pathNot: may.map((path) => `^${escaped(path)}(/|$)`) },
  };
  if (packages.includes('*')) return [folders];
  const named = packages.map((name) => `node_modules/${escaped(name)}(/|$)`);
  return [
    folders,
    {
      name: `packages ${from}`,
      comment,
      severity: 'error',
      from: { path: from },
      to: {
        dependencyTypesNot: ['core', 'local'],
        path: 'node_modules',
        pathNot: [...named, 'node_modules/@types/'],
      },
    },
  ];
});

export default {
  forbidden: [
    ...rules,
    {
      name: 'tests are imported by nobody',
      comment: 'test/ and bench/ may import anything; only test/ and bench/ may import them',
      severity: 'error',
      from: { pathNot: '^(test|bench)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'no circles',
      comment: 'two files that import each other are one idea in two places: move the shared part below both',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(cdk\\.out|dist|\\.local)/' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
};
