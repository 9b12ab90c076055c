// Every script runs on Lambda's own major version. npm puts the packaged Node 24 first on PATH; where that
// package has no build (macOS), the system's Node must be 24 or newer.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `Ledgerlink needs Node 24 or newer and this is ${process.version}.\n` +
      'Run it through npm (npm start, npm test): on x64 and arm64 Linux and on x64 Windows, npm ci brings Node 24 along.\n' +
      'On other systems install Node 24 from https://nodejs.org and try again.\n',
  );
  process.exit(1);
}
