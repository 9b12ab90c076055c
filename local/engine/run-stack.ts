import { join } from 'node:path';
import { Faults } from '../aws/faults.ts';
import { type KeyHolder, makeFrontDoor } from '../aws/front-door.ts';
import { makeGatekeeper } from '../aws/gatekeeper.ts';
import { realNow, SharedClock } from '../clock/shared-clock.ts';
import { makeControlServer } from '../control/control-server.ts';
import { AccessBook } from '../iam/access-book.ts';
import { ChildLedger } from '../processes/child-ledger.ts';
import { type Door, openDoor } from '../processes/open-door.ts';
import { newCredentials, readFunctions } from '../provision/read-functions.ts';
import { readPolicies } from '../provision/read-policies.ts';
import { makeLogDelivery } from '../runtime/deliver-logs.ts';
import { FunctionLogs } from '../runtime/function-logs.ts';
import type { LambdaFunction } from '../runtime/lambda-function.ts';
import { openSignInKeys } from '../sign-in/sign-in-keys.ts';
import { makeSignIn } from '../sign-in/sign-in-server.ts';
import { makeSignInStore } from '../sign-in/sign-in-store.ts';
import { readAssembly } from '../template/read-assembly.ts';
import { readStack, type Stack } from '../template/read-stack.ts';
import { startEventSources } from './event-sources.ts';
import { makeFunctions } from './functions.ts';
import { makeOrigin } from './http-routes.ts';
import { lockState } from './lock-state.ts';
import type { Ready, StackOptions } from './messages.ts';
import { startStandIns } from './stand-ins.ts';

export interface Running {
  readonly ready: Ready;
  close(): Promise<void>;
}

const SWEEP_MS = 10_000;

interface Doors {
  readonly origin: Door;
  readonly aws: Door;
  readonly signIn: Door;
  readonly control: Door;
  readonly runtime: Door;
}

async function openDoors(ports: StackOptions['ports']): Promise<Doors> {
  const [origin, aws, signIn, control, runtime] = await Promise.all([
    openDoor(ports.origin),
    openDoor(ports.aws),
    openDoor(ports.signIn),
    openDoor(ports.control),
    openDoor(),
  ]);
  return { origin, aws, signIn, control, runtime };
}

function openStack(
  options: StackOptions,
  doors: Doors,
): { stack: Stack; assets: ReadonlyMap<string, string> } {
  const { name, account, region, template, assets } = readAssembly(options.assemblyDir, options.stackName);
  const place = {
    account,
    region,
    stackName: name,
    originUrl: options.publicUrl ?? doors.origin.url,
    awsUrl: doors.aws.url,
    signInUrl: doors.signIn.url,
  };
  return { stack: readStack(template, place, options.parameters), assets };
}

function poolClients(stack: Stack) {
  return stack.all('AWS::Cognito::UserPoolClient').map(({ identity, properties }) => ({
    id: identity.ref,
    callbackUrls: properties.CallbackURLs,
    logoutUrls: properties.LogoutURLs,
    scopes: properties.AllowedOAuthScopes,
  }));
}

function keyHolders(functions: readonly LambdaFunction[], owner: KeyHolder): Map<string, KeyHolder> {
  const holders = functions.map(({ credentials, caller }): [string, KeyHolder] => [
    credentials.accessKeyId,
    { credentials, caller },
  ]);
  return new Map([...holders, [owner.credentials.accessKeyId, owner]]);
}

/** Runs a stack in this process, which carries the clock's preload. @param say where lines for people go */
export async function runStack(options: StackOptions, say: (line: string) => void): Promise<Running> {
  const unlock = await lockState(options.stateDir);
  const ledger = new ChildLedger(options.stateDir);
  ledger.sweep();
  const clockFile = join(options.stateDir, 'clock.json');
  const clock = new SharedClock(clockFile);
  const now = () => clock.now();
  const doors = await openDoors(options.ports);
  const { stack, assets } = openStack(options, doors);
  const { region, account } = stack.place;

  const policies = readPolicies(stack);
  const book = new AccessBook(policies);
  const gatekeeper = makeGatekeeper(book, region, say);
  const declared = readFunctions(stack, assets, options.stateDir);
  const owner: KeyHolder = { credentials: newCredentials(), caller: 'owner' };
  const standIns = await startStandIns({ stack, stateDir: options.stateDir, clock, ledger });
  const faults = new Faults();
  const frontDoor = makeFrontDoor({
    services: standIns.services,
    holders: keyHolders(declared, owner),
    gatekeeper,
    faults,
    nows: () => clock.nows(),
    realNow,
    onProblem: say,
  });

  const logs = new FunctionLogs(({ function: name, line }) => say(`[${name}] ${line}`));
  const groups = new Set(stack.all('AWS::Logs::LogGroup').map(({ identity }) => identity.ref));
  const onLine = makeLogDelivery({ gatekeeper, logs, groups, region, account, now, onLost: say });
  const machine = {
    runtimeApi: `127.0.0.1:${doors.runtime.port}`,
    awsUrl: doors.aws.url,
    region,
    clockFile,
    environment: options.environment,
    now,
    onLine,
    onStart: (pid: number) => ledger.add(pid),
  };
  const functions = makeFunctions({
    functions: declared,
    machine,
    book,
    gatekeeper,
    account,
    onProblem: say,
  });

  const keys = openSignInKeys(join(options.stateDir, 'sign-in.json'));
  const clients = poolClients(stack);
  const signIn = makeSignIn({
    issuer: doors.signIn.url,
    clients,
    keys,
    store: makeSignInStore(standIns.vault, now),
    now,
    onProblem: say,
  });
  const origin = makeOrigin(stack, functions, clock, ({ group, line }) =>
    logs.add({ at: now(), function: group, stream: 'access', line }),
  );

  doors.runtime.attach(functions.runtimeApi);
  doors.aws.attach(frontDoor.server);
  doors.signIn.attach(signIn.server);
  if (origin) doors.origin.attach(origin);
  const queues = stack
    .all('AWS::SQS::Queue')
    .map(({ identity }) => ({ name: String(identity.attributes['QueueName']), url: identity.ref }));
  const issueToken = (clientId: string | undefined) => signIn.issueToken(clientId ?? clients[0]?.id ?? '');
  const sweep = () => standIns.sweep();
  doors.control.attach(
    makeControlServer({
      clock,
      functions,
      logs,
      faults,
      book,
      policies,
      frontDoor,
      queues,
      issueToken,
      sweep,
      lag: standIns.lag,
    }),
  );

  const sources = startEventSources({ stack, functions, frontDoor, clock, onProblem: say });
  const sweeper = setInterval(
    () => void sweep().catch((error: unknown) => say(`sweeping failed: ${String(error)}`)),
    SWEEP_MS,
  );
  let closing = false;
  void standIns.broken.then(() => {
    if (closing) return;
    say('the process of the tables has ended: nothing can go on without it');
    process.exit(1);
  });
  return {
    ready: {
      originUrl: doors.origin.url,
      awsUrl: doors.aws.url,
      signInUrl: doors.signIn.url,
      controlUrl: doors.control.url,
      outputs: stack.outputs,
      signInUser: { email: keys.user.email, password: keys.user.password },
      owner: owner.credentials,
      region,
    },
    close: async () => {
      closing = true;
      clearInterval(sweeper);
      sources.stop();
      await Promise.all([doors.origin.close(), doors.control.close(), doors.signIn.close()]);
      functions.close();
      await Promise.all([doors.aws.close(), doors.runtime.close()]);
      await standIns.close();
      unlock();
    },
  };
}
