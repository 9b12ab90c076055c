import type * as z from 'zod';
import type { Role } from '../app/keys/role.ts';
import type { Caller } from './authenticate.ts';
import { readBody, readPart } from './read-input.ts';
import type { HttpRequest } from './request.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Who may call: anybody, or a caller whose role includes this one (admin > operate > read). */
type NeededRole = 'public' | Role;

/** What an operation's `run` works with; its own inputs are parsed, `deps` are the use cases. */
type Context<D, P, Q, B> = {
  deps: D;
  params: P;
  query: Q;
  body: B;
  caller: Caller;
  request: HttpRequest;
  /** Id of what is created, for a call that may be made again (Idempotency-Key). */
  creates?: string | undefined;
};

/** One operation of an API as data: routing, checks and documentation all read the same row. */
type OperationRow<P, Q, B> = {
  method: Method;
  /** Parameters in braces: `/companies/{companyId}`. */
  path: string;
  /** A name in camel case, unique over all tables. */
  name: string;
  summary: string;
  /** What a caller should know beyond the summary, for the documentation. */
  description?: string;
  role: NeededRole;
  /** Also for whoever bears the access token of the company in the path. */
  withCompanyToken?: true;
  params?: z.ZodType<P>;
  query?: z.ZodType<Q>;
  body?: z.ZodType<B>;
  /** The exact code that clients check. */
  success: 200 | 201 | 204;
  /** Shape of the answer; absent when there is no body. */
  reply?: z.ZodType;
  /** What it may be refused with besides what its inputs and its role say (src/http/openapi/statuses.ts). */
  refusals?: readonly (403 | 404 | 409 | 422)[];
  /** The same again comes to the same, whoever died in between: the Idempotency-Key is not looked at. */
  repeatable?: true;
  /** For a page that people read, or a file; everything else is JSON. */
  produces?: 'text/html' | 'application/octet-stream';
};

type OperationDefinition<D, P, Q, B> = OperationRow<P, Q, B> & {
  run(context: Context<D, P, Q, B>): Promise<unknown>;
};

/** What the frame hands to an operation before anything of it is parsed. */
type RawContext<D> = {
  deps: D;
  params: Readonly<Record<string, string | undefined>>;
  caller: Caller;
  request: HttpRequest;
  creates?: string | undefined;
};

/** What documentation needs of an operation. */
export type DescribedOperation = OperationRow<unknown, unknown, unknown>;

/** A row of a table, its input types closed over. */
export type Operation<D> = DescribedOperation & {
  answer(raw: RawContext<D>): Promise<unknown>;
};

/**
 * Makes rows for tables whose operations use `D`:
 *
 *     const operation = operationsOf<Deps>();
 *     export const table = [operation({ method: 'GET', path: '/things/{id}', …, run: ({ deps, params }) => … })];
 *
 * `answer` parses path, query and body before `run`; a fault in them is a Problem `invalid` that says what and where.
 */
export function operationsOf<D>() {
  return <P = undefined, Q = undefined, B = undefined>(
    definition: OperationDefinition<D, P, Q, B>,
  ): Operation<D> => {
    const { run, ...data } = definition;
    return {
      ...data,
      answer: ({ deps, params, caller, request, creates }) =>
        run.call(undefined, {
          deps,
          caller,
          request,
          creates,
          params: readPart('path', definition.params, params),
          query: readPart('query', definition.query, singleValues(request.query)),
          body: readBody(definition.body, request.body),
        }),
    };
  };
}

/** No parameter of ours has several values; where one was repeated the schema is given the list and refuses it. */
function singleValues(query: HttpRequest['query']): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
}
