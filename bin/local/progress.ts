/** One line that tells what is being done: rewritten in place on a terminal, a line a step elsewhere. */
export type Progress = {
  step(text: string): void;
  /** A line that stays. */
  note(text: string): void;
  done(): void;
};

export function makeProgress(out: NodeJS.WriteStream = process.stdout): Progress {
  const started = process.hrtime.bigint();
  let last = '';
  return {
    step: (text) => {
      if (text === last) return;
      last = text;
      const seconds = Number((process.hrtime.bigint() - started) / 1_000_000_000n);
      out.write(out.isTTY ? `\r\u001b[K${seconds} s  ${text}` : `${seconds} s  ${text}\n`);
    },
    note: (text) => {
      out.write(out.isTTY ? `\r\u001b[K${text}\n` : `${text}\n`);
    },
    done: () => {
      if (out.isTTY) out.write('\r\u001b[K');
    },
  };
}
