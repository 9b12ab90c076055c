/** One request as it was seen from outside; never a token, a code or a body. `status` 0 is a dropped connection. */
type Logged = {
  n: number;
  at: string;
  method: string;
  path: string;
  query: string;
  status: number;
  clientId?: string;
  identity?: number;
};

export type RequestLog = {
  add(entry: Omit<Logged, 'n'>): void;
  since(n: number): readonly Logged[];
  clear(): void;
};

const kept = 20_000;

/** Remembers the latest requests; numbers go on counting after a clear. */
export const makeRequestLog = (): RequestLog => {
  let entries: Logged[] = [];
  let count = 0;
  return {
    add: (entry) => {
      count += 1;
      entries.push({ n: count, ...entry });
      if (entries.length > kept * 2) entries = entries.slice(-kept);
    },
    since: (n) => entries.filter((entry) => entry.n > n).slice(-kept),
    clear: () => {
      entries = [];
    },
  };
};
