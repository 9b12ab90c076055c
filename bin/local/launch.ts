import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { type RunningStack, startStack } from '../../local/start-stack.ts';
import { type ApiClient, makeApiClient } from '../api/api-client.ts';
import { awaitFirstSync } from './first-sync.ts';
import type { Options } from './options.ts';
import type { Progress } from './progress.ts';
import type { Ready } from './ready-file.ts';
import {
  findBusiness,
  findSample,
  linkSample,
  listCompanies,
  type SampleBusiness,
  setUpIntegration,
} from './sample-company.ts';
import { type Simulator, startSimulator } from './simulator-process.ts';

export type Running = { ready: Ready; signInUser: RunningStack['signInUser']; close(): Promise<void> };

const clockPreload = pathToFileURL(join(import.meta.dirname, '../../local/clock/preload.mjs')).href;

/** Starts the simulator (unless another FreshBooks is named) and the stack, and brings the sample in. */
export async function launch(parts: {
  options: Options;
  state: string;
  assemblyDir: string;
  progress: Progress;
}): Promise<Running> {
  const { options, state, progress } = parts;
  // The engine keeps the clock of everything that runs; the simulator tells the time by the same file.
  const clockFile = join(state, 'aws', 'clock.json');
  const environment = { LEDGERLINK_CLOCK_FILE: clockFile, NODE_OPTIONS: `--import=${clockPreload}` };
  progress.step('starting the simulator and the stack');
  const simulator = options.freshBooks
    ? undefined
    : await startSimulator({
        // Beside the origin, so that two starts on ports of their own do not meet; 0 is any free one.
        port: options.port === 0 ? 0 : (options.port + 1) % 65_536,
        stateDir: join(state, 'simulator'),
        environment,
      });
  const stack = await startStack({
    assemblyDir: parts.assemblyDir,
    stateDir: join(state, 'aws'),
    ports: { origin: options.port },
    ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
    parameters: { ...freshBooksAddresses(options, simulator), WebhookLoopback: 'allowed' },
    onLog: logTo(join(state, 'ledgerlink.log')),
  });
  const close = async () => {
    await stack.close();
    await simulator?.close();
  };
  try {
    const ready = await bringIn({ ...parts, simulator, stack });
    return { ready, signInUser: stack.signInUser, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the engine and the functions log, for whoever runs this machine. */
function logTo(file: string): (line: string) => void {
  return (line) => appendFileSync(file, `${line}\n`);
}

function freshBooksAddresses(options: Options, simulator: Simulator | undefined): Record<string, string> {
  const at = options.freshBooks ?? { api: simulator?.url ?? '', auth: simulator?.url ?? '' };
  return { FreshBooksApiUrl: at.api, FreshBooksAuthUrl: at.auth };
}

async function bringIn(parts: {
  options: Options;
  progress: Progress;
  simulator: Simulator | undefined;
  stack: RunningStack;
}): Promise<Ready> {
  const { options, progress, simulator, stack } = parts;
  const originUrl = options.publicUrl ?? stack.originUrl;
  const { accessToken } = await stack.signIn();
  const admin = makeApiClient(stack.originUrl, `Bearer ${accessToken}`);
  const business = simulator && (await findBusiness(simulator.url, options.books));
  if (simulator && business) {
    await allowRedirect(simulator, `${originUrl}/oauth/callback`);
    const urls = { originUrl: stack.originUrl, publicUrl: originUrl };
    const unread = options.empty ? [] : await bringSample({ admin, business, simulator, urls, progress });
    for (const sentence of unread) progress.note(sentence);
  }
  return {
    pid: process.pid,
    portalUrl: `${originUrl}/portal/`,
    apiUrl: stack.originUrl,
    apiKey: await mintKey(admin),
    controlUrl: stack.controlUrl,
    companies: await listCompanies(admin),
    ...(simulator && business ? { simulator: await describe(simulator, business) } : {}),
  };
}

async function bringSample(parts: {
  admin: ApiClient;
  business: SampleBusiness;
  simulator: Simulator;
  urls: { originUrl: string; publicUrl: string };
  progress: Progress;
}): Promise<string[]> {
  const { admin, business, simulator, urls, progress } = parts;
  const left = await findSample(admin, business);
  if (left?.status === 'Linked') return awaitFirstSync(admin, left, progress.step);
  // Unlinked by its deployer, or its consent taken back: a start does not undo that.
  if (left !== undefined && left.status !== 'PendingAuth') return [];
  progress.step('setting FreshBooks up');
  await setUpIntegration(admin, simulator.apps.integration);
  progress.step(`linking ${business.name}`);
  const company = await linkSample(admin, business, { ...urls, simulatorUrl: simulator.url });
  return awaitFirstSync(admin, company, progress.step);
}

async function allowRedirect(simulator: Simulator, redirectUri: string): Promise<void> {
  const { clientId } = simulator.apps.integration;
  await control(simulator, 'PUT', `/apps/${clientId}`, { redirectUris: [redirectUri] });
}

async function describe(simulator: Simulator, business: SampleBusiness) {
  const { clientId } = simulator.apps.viewer;
  const reply = await control(simulator, 'POST', '/tokens', { clientId, email: business.email });
  const { access_token: accessToken } = z.object({ access_token: z.string() }).parse(reply);
  return {
    url: simulator.url,
    app: simulator.apps.integration,
    accessToken,
    accountId: business.accountId,
    businessId: business.businessId,
    businessUuid: business.businessUuid,
  };
}

async function control(simulator: Simulator, method: string, path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${simulator.url}/_simulator${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the simulator answered ${response.status} to ${method} ${path}`);
  return response.json();
}

const demoKeyName = 'npm start';
const Keys = z.object({ results: z.array(z.object({ id: z.string(), name: z.string() })) });

/** A fresh key at each start; the one of the start before is of no use to anybody and goes. */
async function mintKey(admin: ApiClient): Promise<string> {
  const { results } = await admin('GET', '/apiKeys', Keys);
  for (const key of results.filter(({ name }) => name === demoKeyName)) {
    await admin('DELETE', `/apiKeys/${key.id}`, z.unknown());
  }
  const { apiKey } = await admin('POST', '/apiKeys', z.object({ apiKey: z.string() }), { name: demoKeyName });
  return apiKey;
}
