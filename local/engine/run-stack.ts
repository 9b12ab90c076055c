import { join } from 'node:path';
import { CallBook } from '../aws/call-book.ts';
import { Faults } from '../aws/faults.ts';
import { type FrontDoor, type FrontDoorParts, type KeyHolder, makeFrontDoor } from '../aws/front-door.ts';
import { realNow } from '../clock/shared-clock.ts';
import { makeControlServer } from '../control/control-server.ts';
import { newCredentials, readFunctions } from '../provision/read-functions.ts';
import { makeLogDelivery } from '../runtime/deliver-logs.ts';
import { FunctionLogs } from '../runtime/function-logs.ts';
import type { LambdaFunction } from '../runtime/lambda-function.ts';
import { openSignInKeys } from '../sign-in/sign-in-keys.ts';
import { makeSignIn } from '../sign-in/sign-in-server.ts';
import { makeSignInStore } from '../sign-in/sign-in-store.ts';
import type { Stack } from '../template/read-stack.ts';
import { startEventSources } from './event-sources.ts';
import { type Functions, makeFunctions } from './functions.ts';
import { type Ground, layGround } from './ground.ts';
import { makeOrigin } from './http-routes.ts';
import type { Ready, StackOptions } from './messages.ts';
import { type StandIns, startStandIns } from './stand-ins.ts';

export interface Running {
  readonly ready: Ready;
  close(): Promise<void>;
}

const SWEEP_MS = 10_000;

function openFrontDoor(
  ground: Ground,
  standIns: StandIns,
  declared: readonly LambdaFunction[],
  owner: KeyHolder,
  watch: Pick<FrontDoorParts, 'faults' | 'calls' | 'end'>,
): FrontDoor {
  const { clock, gatekeeper, say, doors } = ground;
  const holders = declared.map(({ credentials, caller }): [string, KeyHolder] => [
    credentials.accessKeyId,
    { credentials, caller },
  ]);
  const frontDoor = makeFrontDoor({
    services: standIns.services,
    holders: new Map([...holders, [owner.credentials.accessKeyId, owner]]),
    gatekeeper,
    ...watch,
    nows: () => clock.nows(),
    realNow,
    onProblem: say,
  });
  doors.aws.attach(frontDoor.server);
  return frontDoor;
}

function openFunctions(ground: Ground, declared: readonly LambdaFunction[], logs: FunctionLogs): Functions {
  const { stack, clock, clockFile, doors, options, ledger, book, gatekeeper, say } = ground;
  const { region, account } = stack.place;
  const now = () => clock.now();
  const groups = new Set(stack.all('AWS::Logs::LogGroup').map(({ identity }) => identity.ref));
  const machine = {
    runtimeApi: `127.0.0.1:${doors.runtime.port}`,
    awsUrl: doors.aws.url,
    region,
    clockFile,
    environment: options.environment,
    now,
    onLine: makeLogDelivery({ gatekeeper, logs, groups, region, account, now, onLost: say }),
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
  doors.runtime.attach(functions.runtimeApi);
  return functions;
}

function poolClients(stack: Stack) {
  return stack.all('AWS::Cognito::UserPoolClient').map(({ identity, properties }) => ({
    id: identity.ref,
    callbackUrls: properties.CallbackURLs,
    logoutUrls: properties.LogoutURLs,
    scopes: properties.AllowedOAuthScopes,
  }));
}

function openSignIn(ground: Ground, standIns: StandIns) {
  const { stack, clock, doors, options, say } = ground;
  const now = () => clock.now();
  const keys = openSignInKeys(join(options.stateDir, 'sign-in.json'));
  const clients = poolClients(stack);
  const store = makeSignInStore(standIns.vault, now);
  const signIn = makeSignIn({ issuer: doors.signIn.url, clients, keys, store, now, onProblem: say });
  doors.signIn.attach(signIn.server);
  const issueToken = (clientId: string | undefined) => signIn.issueToken(clientId ?? clients[0]?.id ?? '');
  return { issueToken, user: { email: keys.user.email, password: keys.user.password } };
}

function queuesOf(stack: Stack) {
  return stack
    .all('AWS::SQS::Queue')
    .map(({ identity }) => ({ name: String(identity.attributes['QueueName']), url: identity.ref }));
}

/** Sweeps again and again, and ends the engine when the tables are gone. @returns a function that stops both */
function keepHouse(standIns: StandIns, say: (line: string) => void): () => void {
  let closing = false;
  const sweep = () => standIns.sweep().catch((error: unknown) => say(`sweeping failed: ${String(error)}`));
  const sweeper = setInterval(() => void sweep(), SWEEP_MS);
  void standIns.broken.then(() => {
    if (closing) return;
    say('the process of the tables has ended: nothing can go on without it');
    process.exit(1);
  });
  return () => {
    closing = true;
    clearInterval(sweeper);
  };
}

function readyOf({ doors, stack }: Ground, signInUser: Ready['signInUser'], owner: KeyHolder): Ready {
  return {
    originUrl: doors.origin.url,
    awsUrl: doors.aws.url,
    signInUrl: doors.signIn.url,
    controlUrl: doors.control.url,
    outputs: stack.outputs,
    signInUser,
    owner: owner.credentials,
    region: stack.place.region,
  };
}

/** Runs a stack in this process, which carries the clock's preload. @param say where lines for people go */
export async function runStack(options: StackOptions, say: (line: string) => void): Promise<Running> {
  const ground = await layGround(options, say);
  const { stack, clock, doors, book, policies } = ground;
  const declared = readFunctions(stack, ground.assets, options.stateDir);
  const standIns = await startStandIns({ stack, stateDir: options.stateDir, clock, ledger: ground.ledger });
  const owner: KeyHolder = { credentials: newCredentials(), caller: 'owner' };
  const [faults, calls] = [new Faults(), new CallBook()];
  const logs = new FunctionLogs(({ function: name, line }) => say(`[${name}] ${line}`));
  const functions = openFunctions(ground, declared, logs);
  const watch = { faults, calls, end: functions.end };
  const frontDoor = openFrontDoor(ground, standIns, declared, owner, watch);
  const { issueToken, user } = openSignIn(ground, standIns);
  const origin = makeOrigin(stack, functions, clock, ({ group, line }) =>
    logs.add({ at: clock.now(), function: group, stream: 'access', line }),
  );
  if (origin) doors.origin.attach(origin);
  const { lag, sweep } = standIns;
  const queues = queuesOf(stack);
  doors.control.attach(
    makeControlServer({
      clock,
      functions,
      logs,
      faults,
      calls,
      book,
      policies,
      frontDoor,
      queues,
      issueToken,
      sweep,
      lag,
    }),
  );
  const sources = startEventSources({ stack, functions, frontDoor, clock, onProblem: say });
  const stopKeeping = keepHouse(standIns, say);
  return {
    ready: readyOf(ground, user, owner),
    close: async () => {
      stopKeeping();
      sources.stop();
      await Promise.all([doors.origin.close(), doors.control.close(), doors.signIn.close()]);
      functions.close();
      await Promise.all([doors.aws.close(), doors.runtime.close()]);
      await standIns.close();
      ground.unlock();
    },
  };
}
