/** What an object of a connection's books is, by its name behind the connection's prefix. */
export type BookObject = {
  kind: 'manifest' | 'segment' | 'changes' | 'history' | 'spool' | 'paper';
  /** `raw/<resource>` or `unified/<dataType>`, of manifests, segments and change logs. */
  series: string;
  /** Epoch of the run that wrote it; 0 of what no run wrote. */
  epoch: number;
};

/** The patterns of docs/architecture.md, "Books bucket". */
const patterns = [
  { kind: 'manifest', pattern: /^(?<series>[^/]+\/[^/]+)\/manifest\/(?<epoch>\d+)\.json$/ },
  { kind: 'segment', pattern: /^(?<series>[^/]+\/[^/]+)\/seg\/(?<epoch>\d+)-\d+\.ndjson\.zst$/ },
  { kind: 'changes', pattern: /^changes\/(?<resource>[^/]+)\/(?<epoch>\d+)-\d+\.ndjson\.zst$/ },
  { kind: 'history', pattern: /^history\/(?<epoch>\d+)\.json$/ },
  { kind: 'spool', pattern: /^spool\/[^/]+\/journal-(?<epoch>\d+)\.json$/ },
  { kind: 'spool', pattern: /^spool\/[^/]+\/[^/]+\/(?<epoch>\d+)-\d+-\d+\.ndjson\.zst$/ },
  { kind: 'paper', pattern: /^papers\/[^/]+\/[^/]+\.(pdf|json)$/ },
] as const;

/** `undefined` for a name of no known kind: whoever removes things leaves such objects alone. */
export function bookObjectOf(relative: string): BookObject | undefined {
  for (const { kind, pattern } of patterns) {
    const found = pattern.exec(relative);
    if (found === null) continue;
    const { epoch, series, resource } = found.groups ?? {};
    return {
      kind,
      series: series ?? (resource === undefined ? '' : `raw/${resource}`),
      epoch: Number(epoch ?? 0),
    };
  }
  return undefined;
}
