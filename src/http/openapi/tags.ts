/** What operations are about, in the order in which a reader meets them; the first pattern that fits counts. */
const areas: readonly { tag: string; description: string; paths: RegExp }[] = [
  {
    tag: 'Companies',
    description: 'Customers who share their books.',
    paths: /^\/companies(\/\{companyId\})?$/,
  },
  {
    tag: 'Reports',
    description: 'Financial statements and the ages of what is owed.',
    paths: /\/(financials|reports)\//,
  },
  {
    tag: 'FreshBooks rows',
    description: 'What FreshBooks gave, row by row, and what happened to each.',
    paths: /\/freshbooks\//,
  },
  {
    tag: 'Sync',
    description: 'Asking for data, how each data type stands, what was read when, and its proof.',
    paths: /\/(data\/(all|queue|history)|dataStatus|reproject|sync|syncSettings)(\/|$)/,
  },
  { tag: 'Accounting data', description: 'The books, one shape a data type.', paths: /\/data\// },
  {
    tag: 'Connections',
    description: "A company's link to its FreshBooks business.",
    paths: /^\/companies\/.*\/connections/,
  },
  { tag: 'Companies', description: '', paths: /^\/companies\// },
  { tag: 'Integrations', description: 'FreshBooks as a source.', paths: /^\/integrations/ },
  { tag: 'Events', description: 'Being told what happens.', paths: /^\/(webhooks|events)/ },
  { tag: 'Keys', description: 'API keys.', paths: /^\/apiKeys/ },
  { tag: 'Set-up', description: 'What the portal calls, for people who are signed in.', paths: /^\/setup\// },
  { tag: 'Installation', description: 'This installation and its documentation.', paths: /^\// },
];

/** The area that a path belongs to. */
export function tagOf(path: string): string {
  return areas.find(({ paths }) => paths.test(path))?.tag ?? 'Installation';
}

/** Every area once, with what it is about. */
export const tags = areas
  .filter(({ description }) => description !== '')
  .map(({ tag, description }) => ({ name: tag, description }));
