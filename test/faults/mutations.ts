/** One safety taken out of the product, as a change of its text. */
export type Mutation = {
  name: string;
  file: string;
  from: string;
  to: string;
  /** The unit tests that have to notice; the lives when absent. */
  unit?: string;
};

/** What keeps consents and records safe: without any one of these the suite has to fail. */
export const mutations: readonly Mutation[] = [
  {
    name: "the grant's lease",
    file: 'src/domain/grant-moves.ts',
    from: 'if (grant.lease !== undefined && now < grant.lease.until) return',
    to: 'if (grant.lease !== undefined && now < grant.obtainedAt) return',
    // In a life the intent makes up for it: who comes second is told to come later, and asks again in time.
    unit: 'grant-races',
  },
  {
    name: "the connection's lease",
    file: 'src/app/sync/take-lease.ts',
    from: 'if (leaseIsLive(connection, by.now)) return',
    to: "if (leaseIsLive(connection, by.now) && by.runId === '') return",
  },
  {
    name: 'the write-ahead intent',
    file: 'src/domain/grant-moves.ts',
    from: 'intent: { epoch: grant.epoch, requestId, at: now, tokenHash },',
    to: 'intent: { epoch: grant.epoch - 1, requestId, at: now, tokenHash },',
  },
  {
    name: 'the escrow',
    file: 'src/app/grants/escrow.ts',
    from: 'keepPair: (refreshed) => keep(pairName(refreshed), refreshed.sealed),',
    to: 'keepPair: async () => undefined,',
  },
  {
    name: 'the epoch check',
    file: 'src/app/sync/publish-run.ts',
    from: 'if (!holds(connection, { owner: run.id, epoch: run.epoch })) return undefined;',
    to: "if (run.id === '' && !holds(connection, { owner: run.id, epoch: run.epoch })) return undefined;",
  },
  {
    name: 'the delete guard',
    file: 'src/freshbooks/read/missing-rows.ts',
    from: 'const unlikely = missing.length > believable(held.size);',
    to: 'const unlikely = missing.length > believable(held.size) + held.size;',
  },
  {
    name: 'the fence of a hand-over',
    file: 'src/domain/grant-moves.ts',
    from: 'const isSure = grant.intent?.epoch !== grant.epoch && grant.held === undefined;',
    to: 'const isSure = grant.epoch > 0;',
    unit: 'export-pair',
  },
  {
    name: 'that an imported token is shown once',
    file: 'src/app/authorization/import-pair.ts',
    from: 'const attempt = hasPair(known) ? known : await take(',
    to: "const attempt = hasPair(known) && known.id === '' ? known : await take(",
    unit: 'import-pair',
  },
  {
    name: 'the order of the outbox: into the feed first',
    file: 'src/app/events/relay-outbox.ts',
    from: `  const events = await append(deps, connection.outbox ?? [], { companyId, company, connection });
  const left = await deps.connections.change(ref, (held) => cleared(held, events));`,
    to: `  const left = await deps.connections.change(ref, (held) => cleared(held, connection.outbox ?? []));
  const events = await append(deps, connection.outbox ?? [], { companyId, company, connection });`,
  },
  {
    name: 'the order of sending: attempts first, then the cursor',
    file: 'src/app/webhooks/deliver-events.ts',
    from: '    const answers = await attemptAll(deps, { ...turn, webhook }, batch.items);',
    to: `    await deps.webhooks.change(webhook.id, (held) => ({ next: { ...held, cursor: batch.cursor }, result: held }));
    const answers = await attemptAll(deps, { ...turn, webhook }, batch.items);`,
  },
  {
    name: 'the hint of a callback',
    file: 'src/app/hooks/take-delivery.ts',
    from: '  return makeDue(deps, delivery.ref, deps.typesOf(nounOf(event)));',
    to: "  return 'taken';",
  },
  {
    name: 'giving the consent back',
    file: 'src/app/grants/release-grant.ts',
    from: '(await revoke(oauth, keys, pair.refreshToken)) && (await revoke(oauth, keys, pair.accessToken));',
    to: 'keys.length > 0 && pair.refreshToken !== pair.accessToken;',
  },
];
