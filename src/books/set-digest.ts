import { hash } from 'node:crypto';
import type { Line } from './line.ts';

const modulus = 1n << 256n;

/**
 * A digest of a set of rows (their ids, hashes and whether they are deleted), in whatever order they come: the sum of
 * the rows' SHA-256 modulo 2^256. Sums of parts add up, so a manifest's digest is the sum of its segments'.
 */
export class SetDigest {
  #sum = 0n;

  add(line: Pick<Line, 'id' | 'hash' | 'deleted'>): void {
    // The separator cannot be part of an id or a hash, so no two rows share a text.
    const row = hash('sha256', `${line.id}\n${line.hash}\n${line.deleted}`, 'hex');
    this.#sum = (this.#sum + BigInt(`0x${row}`)) % modulus;
  }

  addDigest(digest: string): void {
    this.#sum = (this.#sum + BigInt(`0x${digest}`)) % modulus;
  }

  /** 64 hexadecimal digits. */
  text(): string {
    return this.#sum.toString(16).padStart(64, '0');
  }
}
