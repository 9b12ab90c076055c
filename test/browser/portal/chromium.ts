/** Debian's browser: the tests use what the machine has and download nothing. */
export const executablePath = '/usr/bin/chromium';
