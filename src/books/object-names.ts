import type { ConnectionRef } from '../domain/connection.ts';

/** Every object name of the books is made here (the table is in docs/architecture.md). */

/** What all objects of a connection begin with: erasing them is erasing this prefix. */
export function connectionPrefix(ref: ConnectionRef): string {
  return `books/${encodeURIComponent(ref.companyId)}/${encodeURIComponent(ref.connectionId)}/`;
}

/** Names inside one snapshot series; `series` is `raw/<resource>` or `unified/<dataType>`. */
export function snapshotNames(ref: ConnectionRef, series: string, epoch: number) {
  const base = `${connectionPrefix(ref)}${series}/`;
  const resource = series.slice(series.indexOf('/') + 1);
  return {
    base,
    /** Relative to `base`, as manifests name segments. */
    segment: (n: number): string => `seg/${epoch}-${n}.ndjson.zst`,
    manifest: `${base}manifest/${epoch}.json`,
    /** A part of the run's change log, as rows name it; `changesName` says where it is. */
    changes: (n: number): string => `${epoch}-${n}`,
    changesName: (part: string): string => `${connectionPrefix(ref)}changes/${resource}/${part}.ndjson.zst`,
  };
}

/** Where a part of the change log is, from any manifest of its resource's raw snapshots. */
export function changesBeside(manifest: string, part: string): string {
  const base = baseOfManifest(manifest);
  const cut = base.lastIndexOf('/raw/');
  return `${base.slice(0, cut)}/changes/${base.slice(cut + '/raw/'.length)}${part}.ndjson.zst`;
}

/** What the segment names of a manifest are relative to. */
export function baseOfManifest(manifest: string): string {
  return manifest.slice(0, manifest.lastIndexOf('manifest/'));
}

/** Where a run keeps what it cannot hold in memory; gone when the run is over. */
export function spoolPrefix(ref: ConnectionRef, runId: string): string {
  return `${connectionPrefix(ref)}spool/${runId}/`;
}

export function journalName(ref: ConnectionRef, run: { id: string; epoch: number }): string {
  return `${spoolPrefix(ref, run.id)}journal-${run.epoch}.json`;
}

/** A printed invoice. */
export function paperName(ref: ConnectionRef, invoiceId: string, version: string): string {
  return `${connectionPrefix(ref)}papers/${encodeURIComponent(invoiceId)}/${version}.pdf`;
}

/** Why a print that was asked for came to nothing. */
export function paperRefusalName(ref: ConnectionRef, ask: string): string {
  return `${connectionPrefix(ref)}papers/refused/${ask}.json`;
}

export function historyName(ref: ConnectionRef, epoch: number): string {
  return `${connectionPrefix(ref)}history/${epoch}.json`;
}
