// The queues' process: fauxqs with its file, bound to 127.0.0.1. fauxqs keeps its messages only when started through
// startFauxqs, and that binds every interface; so the one listen call is turned to the loopback first.
import { Server } from 'node:net';
import { startFauxqs } from 'fauxqs';

const listen = Server.prototype.listen;
Server.prototype.listen = function loopback(options, ...rest) {
  const where = typeof options === 'object' && options !== null && 'port' in options;
  return listen.call(this, where ? { ...options, host: '127.0.0.1' } : options, ...rest);
};

const [dataDir, defaultRegion] = process.argv.slice(2);

// The engine holds the other end: when it dies, however it dies, this ends too.
process.on('disconnect', () => process.exit(0));

const server = await startFauxqs({ port: 0, logger: false, dataDir, defaultRegion });
process.send?.({ port: server.port });
