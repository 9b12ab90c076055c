/** A request as plain data; `lambdas/edge.ts` makes it of the gateway's event. */
export type HttpRequest = {
  method: string;
  /** As the gateway hands it over, decoded or still percent-encoded; with its leading slash, without the query. */
  path: string;
  /** Decoded; a parameter that was given twice has two values. */
  query: Readonly<Record<string, readonly string[]>>;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  cookies: Readonly<Record<string, string>>;
  /** Empty when there was none. */
  body: string;
  /** Names this request in logs, and is the correlation id of a failure. */
  requestId: string;
};

/** What is answered. Text is sent as it is, bytes (a gzipped body) as base64. */
export type HttpReply = {
  status: number;
  headers: Record<string, string>;
  /** Whole `Set-Cookie` values. */
  cookies: string[];
  body: string | Uint8Array;
};
