/** Debian's browser: the tests use what the machine has and download nothing. */
export const executablePath = '/usr/bin/chromium';

/** Quiet and offline: nothing of the browser's own goes out. */
export const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;
