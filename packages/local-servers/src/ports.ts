import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections, of which a busy machine has many. */
const [LOWEST, HIGHEST] = [15_000, 32_000];

/** Ports that were free a moment ago, all different, and that no outgoing connection takes meanwhile. */
export async function freePorts(count: number): Promise<number[]> {
  const servers: Awaited<ReturnType<typeof listen>>[] = [];
  while (servers.length < count) {
    const server = await listen(LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST))).catch(() => undefined);
    if (server) servers.push(server);
  }
  await Promise.all(servers.map((s) => s.close()));
  return servers.map((s) => s.port);
}

/** Whether somebody listens on the port, and who, as far as the system tells. */
export async function portTaken(port: number): Promise<string | undefined> {
  try {
    await (await listen(port)).close();
    return undefined;
  } catch {
    return holderOf(port) ?? 'a process that the system does not name';
  }
}

async function listen(port: number): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function holderOf(port: number): string | undefined {
  try {
    return process.platform === 'linux' ? linuxHolder(port) : lsofHolder(port);
  } catch {
    return undefined;
  }
}

/** Linux: /proc/net/tcp names the socket's inode, /proc/<pid>/fd the process that has it open. */
function linuxHolder(port: number): string | undefined {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inode = ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((table) => readFileSync(table, 'utf8').split('\n').slice(1))
    .map((row) => row.trim().split(/\s+/))
    .find((cells) => cells[1]?.endsWith(wanted) && cells[3] === '0A')?.[9];
  if (!inode) return undefined;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`)) {
        return `process ${pid} (${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim().slice(0, 120)})`;
      }
    } catch {
      // a process that ended meanwhile, or that is not ours to look into
    }
  }
  return undefined;
}

function lsofHolder(port: number): string | undefined {
  const [pid, command] = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], {
    encoding: 'utf8',
  }).split('\n');
  return pid ? `process ${pid.slice(1)} (${command?.slice(1) ?? ''})` : undefined;
}
