import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A shell that is left open, as a reader's is: what one block sets, the next one knows. */
export class Shell {
  readonly #child: ChildProcess;
  #output = '';

  constructor(folder: string, variables: Readonly<Record<string, string>>) {
    this.#child = spawn('bash', ['-eu', '-o', 'pipefail', '-s'], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', ...variables },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const keep = (text: unknown) => {
      this.#output += String(text);
    };
    this.#child.stdout?.on('data', keep);
    this.#child.stderr?.on('data', keep);
  }

  /** Runs commands to their end and answers what they printed; throws when one of them fails. */
  async run(commands: string): Promise<string> {
    const end = '--- end of the block ---';
    this.#output = '';
    this.#child.stdin?.write(`${commands}\nprintf '\\n%s\\n' '${end}'\n`);
    while (!this.#output.includes(end)) {
      if (this.#child.exitCode !== null) throw new Error(`the shell ended:\n${commands}\n${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return this.#output.slice(0, this.#output.indexOf(end)).trim();
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.stdin?.end();
    await once(this.#child, 'exit');
  }
}
