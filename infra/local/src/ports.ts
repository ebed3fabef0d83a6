import { freePorts, portTaken } from '@gpect/local-servers/ports';
import { SERVICES } from '@gpect/programme/api-client';

export const PORT_NAMES = [
  'issuer',
  ...SERVICES,
  'mongod',
  'kafka',
  'kafka-controller',
  'kafka-partners',
  'dashboard',
] as const;
export type Ports = Readonly<Record<(typeof PORT_NAMES)[number], number>>;

/** The usual ports, side by side: 4000 the issuer, 4001 enrolment… GPECT_PORT_BASE moves them all. */
export function usualPorts(base = Number(process.env['GPECT_PORT_BASE'] ?? 4000)): Ports {
  return Object.fromEntries(PORT_NAMES.map((name, i) => [name, base + i])) as Ports;
}

export async function anyFreePorts(): Promise<Ports> {
  const ports = await freePorts(PORT_NAMES.length);
  return Object.fromEntries(PORT_NAMES.map((name, i) => [name, ports[i]])) as unknown as Ports;
}

/** @throws an error that names every port that somebody else has, and who */
export async function requireFree(ports: Ports): Promise<void> {
  const taken: string[] = [];
  for (const [name, port] of Object.entries(ports)) {
    const holder = await portTaken(port);
    if (holder) taken.push(`  port ${port} (for ${name}) is taken by ${holder}`);
  }
  if (taken.length > 0) {
    throw new Error(
      `the stack cannot start:\n${taken.join('\n')}\nStop what has them, or choose other ports: GPECT_PORT_BASE=14000 npm start`,
    );
  }
}
