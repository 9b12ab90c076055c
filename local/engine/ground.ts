import { join } from 'node:path';
import { type Gatekeeper, makeGatekeeper } from '../aws/gatekeeper.ts';
import { SharedClock } from '../clock/shared-clock.ts';
import { AccessBook, type PolicyBook } from '../iam/access-book.ts';
import { ChildLedger } from '../processes/child-ledger.ts';
import { type Door, openDoor } from '../processes/open-door.ts';
import { readPolicies } from '../provision/read-policies.ts';
import { readAssembly } from '../template/read-assembly.ts';
import { readStack, type Stack } from '../template/read-stack.ts';
import { lockState } from './lock-state.ts';
import type { StackOptions } from './messages.ts';

/** The ports of a stack, open before anything stands behind them, because their URLs are written into the stack. */
interface Doors {
  readonly origin: Door;
  readonly aws: Door;
  readonly signIn: Door;
  readonly control: Door;
  readonly runtime: Door;
}

/** What everything else in the engine stands on. */
export interface Ground {
  readonly options: StackOptions;
  readonly say: (line: string) => void;
  readonly ledger: ChildLedger;
  readonly clock: SharedClock;
  readonly clockFile: string;
  readonly doors: Doors;
  readonly stack: Stack;
  readonly assets: ReadonlyMap<string, string>;
  readonly policies: PolicyBook;
  readonly book: AccessBook;
  readonly gatekeeper: Gatekeeper;
  /** Gives the state folder back. */
  readonly unlock: () => void;
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

/** Takes the state folder, ends what an earlier engine left in it, opens the ports, reads the stack. */
export async function layGround(options: StackOptions, say: (line: string) => void): Promise<Ground> {
  const unlock = await lockState(options.stateDir);
  const ledger = new ChildLedger(options.stateDir);
  ledger.sweep();
  const clockFile = join(options.stateDir, 'clock.json');
  const clock = new SharedClock(clockFile);
  const doors = await openDoors(options.ports);
  const { stack, assets } = openStack(options, doors);
  const policies = readPolicies(stack);
  const book = new AccessBook(policies);
  const gatekeeper = makeGatekeeper(book, stack.place.region, say);
  return { options, say, ledger, clock, clockFile, doors, stack, assets, policies, book, gatekeeper, unlock };
}
