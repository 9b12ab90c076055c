// Loaded with --import before anything else in every process of the stack: moves Date by the offset that the file
// named in LEDGERLINK_CLOCK_FILE holds, so that all of them tell the same time. Timers keep real time, and
// performance.now() and performance.timeOrigin are left alone.
import { readFileSync } from 'node:fs';

const file = process.env['LEDGERLINK_CLOCK_FILE'];
const RealDate = globalThis.Date;
const REREAD_MS = 20;

/** The offset, read again at most every 20 ms of real time. */
function offsetReader(path) {
  let offset = 0;
  let readAt = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (now - readAt < REREAD_MS) return offset;
    readAt = now;
    try {
      const { offsetMs } = JSON.parse(readFileSync(path, 'utf8'));
      if (Number.isFinite(offsetMs)) offset = offsetMs;
    } catch {
      // No file yet: the clock has never been moved.
    }
    return offset;
  };
}

if (file !== undefined && !Object.hasOwn(RealDate, 'realNow')) {
  const offset = offsetReader(file);
  const now = () => RealDate.now() + offset();
  // A plain function, because Date may be called without new; its prototype is the real one, so that instances made
  // inside Node (file times, structured clones) are instances of it too.
  const SharedDate = function (...parts) {
    if (new.target === undefined) return new RealDate(now()).toString();
    return Reflect.construct(RealDate, parts.length === 0 ? [now()] : parts, new.target);
  };
  Object.defineProperties(SharedDate, {
    prototype: { value: RealDate.prototype, writable: false },
    name: { value: 'Date' },
    length: { value: 7 },
    now: { value: now, writable: true, configurable: true },
    parse: { value: RealDate.parse, writable: true, configurable: true },
    UTC: { value: RealDate.UTC, writable: true, configurable: true },
    // The machine's own time, for whoever must measure real time.
    realNow: { value: RealDate.now.bind(RealDate) },
  });
  RealDate.prototype.constructor = SharedDate;
  globalThis.Date = SharedDate;
}
