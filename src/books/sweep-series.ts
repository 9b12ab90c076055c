import type { Objects, SnapshotAt, SweepOrder } from '../app/ports.ts';
import type { Instant } from '../domain/instant.ts';
import { Problem } from '../domain/problem.ts';
import { readManifest } from './manifest.ts';
import type { BookObject } from './object-kinds.ts';
import { baseOfManifest } from './object-names.ts';
import { epochOfManifest, publishedEpochs } from './published-epochs.ts';

/** An object as a sweep found it: its whole name, and what the name says. */
export type Listed = BookObject & { name: string };

type Rules = Pick<SweepOrder, 'named' | 'upTo' | 'sure' | 'keptSince'>;

/**
 * What is to go of one series, in the order in which it may: manifests, oldest first, and then what only they named.
 *
 * A snapshot is made of the one before it, so of all segments up to the oldest snapshot that is kept just those it
 * names are in use; and of the later ones all that belong to a run that published. Nothing else has to be opened.
 */
export async function sweptOfSeries(
  deps: { objects: Objects; snapshotAt: SnapshotAt },
  listed: readonly Listed[],
  rules: Rules,
): Promise<string[]> {
  const held = listed.filter(({ kind, name }) => kind === 'manifest' && rules.named.has(name)).sort(byEpoch);
  const current = held.at(-1)?.name;
  if (current === undefined) return namesOf(listed, ({ epoch }) => epoch <= rules.upTo);
  const line = await lineOf(deps, current, listed, rules);
  const named = await segmentsNamed(deps.objects, [line.manifest, ...held.map(({ name }) => name)]);
  const happened = (epoch: number): boolean =>
    epoch <= rules.sure || epoch > rules.upTo || line.published.has(epoch);
  const inUse: Record<BookObject['kind'], (one: Listed) => boolean> = {
    manifest: ({ name, epoch }) => rules.named.has(name) || (epoch >= line.epoch && happened(epoch)),
    segment: ({ name, epoch }) => named.has(name) || (epoch > line.epoch && happened(epoch)),
    changes: ({ epoch }) => epoch >= line.changesFrom && happened(epoch),
    history: () => true,
    spool: () => true,
    paper: () => true,
  };
  const gone = (kind: BookObject['kind']): string[] =>
    namesOf(listed, (one) => one.kind === kind && !inUse[kind](one));
  return [...gone('manifest'), ...gone('segment'), ...gone('changes')];
}

/** The oldest snapshot that is kept, and what was published since. */
type KeptLine = {
  manifest: string;
  epoch: number;
  /** Parts of the change log from this epoch on tell what happened in the time that is kept. */
  changesFrom: number;
  published: ReadonlySet<number>;
};

async function lineOf(
  deps: { objects: Objects; snapshotAt: SnapshotAt },
  current: string,
  listed: readonly Listed[],
  rules: Rules,
): Promise<KeptLine> {
  const { keptSince } = rules;
  const oldest =
    keptSince && (await snapshotThen(deps.snapshotAt, current, rules.named.get(current), keptSince));
  if (oldest !== undefined) {
    const epoch = epochOfManifest(oldest);
    const published = await publishedEpochs(deps.objects, current, Math.max(epoch, rules.sure));
    // Its own changes are older than what is kept.
    return { manifest: oldest, epoch, changesFrom: epoch + 1, published };
  }
  const published = await publishedEpochs(deps.objects, current, rules.sure);
  const there = listed.filter(
    ({ kind, epoch }) => kind === 'manifest' && (epoch <= rules.sure || published.has(epoch)),
  );
  const epoch = Math.min(epochOfManifest(current), ...there.map((one) => one.epoch));
  return {
    manifest: `${baseOfManifest(current)}manifest/${epoch}.json`,
    epoch,
    changesFrom: epoch,
    published,
  };
}

/** The manifest of the state at an instant; none when nothing was published by then, or that is gone already. */
async function snapshotThen(
  snapshotAt: SnapshotAt,
  current: string,
  since: { since?: Instant } | undefined,
  at: Instant,
): Promise<string | undefined> {
  try {
    return (await snapshotAt({ manifest: current, count: 0, digest: '', ...since }, at))?.manifest;
  } catch (error) {
    if (error instanceof Problem && error.kind === 'not-found') return undefined;
    throw error;
  }
}

async function segmentsNamed(objects: Objects, manifests: readonly string[]): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const manifest of new Set(manifests)) {
    const { segments } = await readManifest(objects, { manifest });
    for (const { name } of segments) names.add(baseOfManifest(manifest) + name);
  }
  return names;
}

/** Names of those that `which` picks, by epoch. */
function namesOf(listed: readonly Listed[], which: (one: Listed) => boolean): string[] {
  return listed
    .filter(which)
    .sort(byEpoch)
    .map(({ name }) => name);
}

function byEpoch(a: Listed, b: Listed): number {
  return a.epoch - b.epoch;
}
