import { z } from 'zod';
import type { Upstream } from '../aws/forward.ts';

const Failure = z.object({ __type: z.string().default('unknown'), message: z.string().default('') });

/** A call to a stand-in before anything is checked: the engine makes the stack's own resources. */
export async function callJson(
  target: Upstream,
  operation: string,
  input: object,
): Promise<{ status: number; type: string; body: unknown }> {
  const reply = await target.send(
    {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': operation,
      // dynoxide wants the shape of a signature and does not check it.
      authorization:
        'AWS4-HMAC-SHA256 Credential=engine/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      'x-amz-date': '20260101T000000Z',
    },
    JSON.stringify(input),
  );
  const body: unknown = JSON.parse(reply.body.toString() || '{}');
  const failure = Failure.safeParse(body);
  return { status: reply.status, type: (failure.data?.__type ?? '').split('#').at(-1) ?? '', body };
}
