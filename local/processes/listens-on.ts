import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Inodes of the sockets that wait for connections on a port of 127.0.0.1 (proc_net_tcp: state 0A is LISTEN). */
function listeningInodes(port: number): Set<string> {
  const address = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  return new Set(rows.flatMap((row) => (row[1] === address && row[3] === '0A' ? [row[9] ?? ''] : [])));
}

function holds(pid: number, fd: string, inodes: ReadonlySet<string>): boolean {
  try {
    return inodes.has(/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? '');
  } catch {
    return false;
  }
}

/** Whether that very process listens on the port: another program may have been faster to take it. */
export function listensOn(pid: number, port: number): boolean {
  const inodes = listeningInodes(port);
  if (inodes.size === 0) return false;
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => holds(pid, fd, inodes));
  } catch {
    return false;
  }
}
