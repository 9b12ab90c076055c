import { jest } from '@jest/globals';
import { isRow, type Json, parseJson, type Row, rowsOf, textOf } from '../../simulator/json.ts';
import {
  type RunningSimulator,
  type SimulatorOptions,
  startSimulator,
} from '../../simulator/start-simulator.ts';

// Making five thousand invoices under a busy machine may take longer than jest's five seconds.
jest.setTimeout(300_000);

/** An answer as a plain HTTP client sees it. */
export type Got = { status: number; headers: Headers; text: string; json: Json };

type Send = { body?: Json; headers?: Record<string, string>; token?: string };

const parsedOrNull = (text: string): Json => {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
};

export const call = async (
  method: string,
  url: string,
  { body, headers, token }: Send = {},
): Promise<Got> => {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsedOrNull(text) };
};

/** Walks into a JSON value: `within(json, 'response', 'errors', 0)`; undefined where there is nothing. */
export const within = (json: Json | undefined, ...path: readonly (string | number)[]): Json | undefined =>
  path.reduce<Json | undefined>((value, step) => {
    if (typeof step === 'number') return Array.isArray(value) ? value[step] : undefined;
    return isRow(value) ? value[step] : undefined;
  }, json);

export const rowWithin = (json: Json | undefined, ...path: readonly (string | number)[]): Row => {
  const value = within(json, ...path);
  return isRow(value) ? value : {};
};

/** The first error of an accounting reply: its status and errno. */
export const refusalOf = ({ status, json }: Got): { status: number; errno: Json | undefined } => ({
  status,
  errno: within(json, 'response', 'errors', 0, 'errno'),
});

export const people = {
  alex: 'alex@busyagency.example',
  mireille: 'mireille@messy.example',
  ingrid: 'ingrid@classic.example',
  kim: 'kim@client.example',
  noa: 'noa@newcomer.example',
} as const;

export const accounts = { busy: 'BzAg7q', tiny: 'TnSt2k', messy: 'MsF1l5', harbour: 'HrbS8w' } as const;

/** A running simulator with a token, and the calls a test makes of one account. */
export type Bench = Awaited<ReturnType<typeof startBench>>;

export const startBench = async (options: SimulatorOptions & { email?: string; account?: string } = {}) => {
  const { email = people.alex, account = accounts.tiny, ...rest } = options;
  const simulator: RunningSimulator = await startSimulator(rest);
  const control = (method: string, path: string, body?: Json) =>
    call(method, `${simulator.url}/_simulator${path}`, body === undefined ? {} : { body });
  const tokenFor = async (who: string, scopes?: readonly string[]): Promise<string> => {
    const { clientId } = simulator.apps.viewer;
    const wish: Row = scopes ? { clientId, email: who, scopes } : { clientId, email: who };
    return textOf(rowWithin((await control('POST', '/tokens', wish)).json), 'access_token');
  };
  const token = await tokenFor(email);
  const api = (method: string, path: string, send: Send = {}) =>
    call(method, `${simulator.url}/accounting/account/${account}/${path}`, { token, ...send });
  const list = async (path: string, many: string): Promise<readonly Row[]> =>
    rowsOf(rowWithin((await api('GET', path)).json, 'response', 'result'), many);
  const one = async (path: string, key: string): Promise<Row> =>
    rowWithin((await api('GET', path)).json, 'response', 'result', key);
  /** Every row as it is stored, deleted ones too. */
  const truth = async (resource: string, of = account): Promise<readonly Row[]> => {
    const { json } = await control('GET', `/truth/${of}/${resource}`);
    return rowsOf({ rows: json }, 'rows');
  };
  return {
    simulator,
    url: simulator.url,
    account,
    token,
    tokenFor,
    control,
    api,
    list,
    one,
    truth,
    close: simulator.close,
  };
};
