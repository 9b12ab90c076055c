/** A line that a function wrote, or that the runtime wrote about it. */
export interface LogLine {
  readonly at: number;
  readonly function: string;
  readonly stream: string;
  readonly line: string;
}

const KEPT = 20_000;

/** What the stack's log groups hold: the newest lines of all functions, in memory. */
export class FunctionLogs {
  readonly #lines: LogLine[] = [];
  readonly #onLine: (line: LogLine) => void;

  constructor(onLine: (line: LogLine) => void) {
    this.#onLine = onLine;
  }

  add(line: LogLine): void {
    this.#lines.push(line);
    if (this.#lines.length > KEPT) this.#lines.splice(0, KEPT / 10);
    this.#onLine(line);
  }

  /** @param since only lines written after that instant, in milliseconds */
  read(functionName: string | undefined, since: number): readonly LogLine[] {
    return this.#lines.filter(
      (line) => line.at > since && (functionName === undefined || line.function === functionName),
    );
  }
}
