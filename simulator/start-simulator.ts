import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { makePostNotices, type PostNotices } from './callbacks/post-notices.ts';
import { answerControl, type Controlled } from './control.ts';
import { makeFaults } from './faults.ts';
import { bearerOf, readRequest } from './http/request.ts';
import { integrationId, viewerId } from './oauth/apps.ts';
import { makeRequestLog } from './request-log.ts';
import { answerFreshBooks } from './route.ts';
import { makeSimulation, type Simulation } from './simulation.ts';
import { forgetfulStore, openStore } from './store.ts';
import { type Outcome, strike } from './strike.ts';

type AppKeys = { clientId: string; clientSecret: string };

export type RunningSimulator = {
  /** http://127.0.0.1:PORT: both the API and the auth host. */
  url: string;
  apps: { integration: AppKeys; viewer: AppKeys };
  /** Posts what is due to those who listen (§5), and answers what became of it. */
  postNotices: PostNotices;
  close(): Promise<void>;
};

export type SimulatorOptions = {
  /** 0 or absent: any free port. */
  port?: number;
  /** Where state is kept; absent: in memory only. */
  stateDir?: string;
  /** Registered with the integration app, besides those it has. */
  redirectUris?: readonly string[];
  /** Milliseconds; the simulator's own offset is added. */
  now?: () => number;
  /** How often due notices are posted by themselves, in milliseconds of real time; 0: only by `postNotices`. */
  postEveryMs?: number;
};

// The Date header is the simulator's own clock: readers take FreshBooks' time from it.
const send = (response: ServerResponse, outcome: Outcome, now: number): void => {
  if (outcome === 'dropped') {
    response.destroy();
    return;
  }
  const length = Buffer.byteLength(outcome.body);
  const date = new Date(now).toUTCString();
  response.writeHead(outcome.status, { date, ...outcome.headers, 'content-length': length });
  response.end(outcome.body);
};

const failed = (error: unknown): Outcome => ({
  status: 500,
  headers: { 'content-type': 'application/json', 'x-simulator-fault': 'true' },
  body: JSON.stringify({
    error: 'the simulator failed',
    message: error instanceof Error ? error.message : String(error),
  }),
});

const serve = async (request: IncomingMessage, controlled: Controlled): Promise<Outcome> => {
  const { simulation, faults, log } = controlled;
  const asked = await readRequest(request);
  if (asked.path === '/_simulator' || asked.path.startsWith('/_simulator/'))
    return answerControl(asked, controlled);
  const consent = simulation.grants.bearer(bearerOf(asked));
  const at = new Date(simulation.clock.now()).toISOString();
  const rules = simulation.store.transaction(() => faults.striking(asked, consent));
  const outcome = await strike(rules, asked, simulation, async (again) =>
    answerFreshBooks(again, simulation),
  );
  const { method, path, search: query } = asked;
  const who = consent ? { clientId: consent.clientId, identity: consent.identityId } : {};
  log.add({ at, method, path, query, status: outcome === 'dropped' ? 0 : outcome.status, ...who });
  return outcome;
};

const addRedirectUris = ({ apps, store }: Simulation, redirectUris: readonly string[]): void => {
  const known = apps.get(integrationId)?.redirectUris ?? [];
  const all = [...new Set([...known, ...redirectUris])];
  const fault = store.transaction(() => apps.change(integrationId, { redirectUris: all }));
  if (fault) throw new Error(`redirect URI refused: ${fault}`);
};

const keysOf = ({ apps }: Simulation, clientId: string): AppKeys => ({
  clientId,
  clientSecret: apps.get(clientId)?.clientSecret ?? '',
});

/** Starts the FreshBooks look-alike on 127.0.0.1. A state directory survives a kill at any moment. */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<RunningSimulator> => {
  const { port = 0, stateDir, redirectUris = [], now = Date.now, postEveryMs = 250 } = options;
  if (stateDir) mkdirSync(stateDir, { recursive: true });
  const store = stateDir ? openStore(join(stateDir, 'simulator.db')) : forgetfulStore();
  const simulation = makeSimulation(store, now);
  addRedirectUris(simulation, redirectUris);
  const controlled = { simulation, faults: makeFaults(store, simulation.clock.now), log: makeRequestLog() };
  const stopping = new AbortController();
  const postNotices = makePostNotices(
    store,
    simulation.callbacks.notices,
    simulation.clock.now,
    stopping.signal,
  );
  const posting = postEveryMs > 0 ? setInterval(postNotices, postEveryMs).unref() : undefined;
  // Longer than any client pauses: a connection that ends while a request is on its way looks like a fault.
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    serve(request, controlled)
      .catch(failed)
      .then((outcome) => send(response, outcome, simulation.clock.now()));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`,
    apps: { integration: keysOf(simulation, integrationId), viewer: keysOf(simulation, viewerId) },
    postNotices,
    close: () =>
      new Promise((resolve) => {
        clearInterval(posting);
        stopping.abort();
        server.close(() => {
          store.close();
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};
