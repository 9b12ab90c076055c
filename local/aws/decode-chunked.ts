/**
 * Takes the `aws-chunked` wrapping off a body: `<hex size>[;chunk-signature=…]\r\n<bytes>\r\n`, ended by a chunk of
 * size 0 and trailers. The SDK wraps bodies whose length it does not know.
 */
export function decodeChunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf('\r\n', at);
    if (end < 0) break;
    const size = Number.parseInt(body.toString('latin1', at, end), 16);
    if (!(size > 0)) break;
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(parts);
}
