import { BlockList, isIP } from 'node:net';

/** Which addresses webhooks may be sent to beside public ones. */
export interface AddressRules {
  /** Lets a webhook be on this very machine, and plain http there. */
  readonly development: boolean;
  readonly ports: readonly number[];
  /** Hosts of partners on a private network, as URLs write them. */
  readonly hosts: ReadonlySet<string>;
  /** Networks of such partners. */
  readonly networks: BlockList;
}

type Subnet = readonly [network: string, prefix: number];
/** IANA's registries of special addresses: what is not global, or reaches another address than the one it shows. */
const PRIVATE_4: readonly Subnet[] = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
];
const SPECIAL_4: readonly Subnet[] = [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Of IPv6 only global unicast is public, without Teredo, ORCHID, documentation and 6to4; NAT64 is not in it. */
const GLOBAL_6: readonly Subnet[] = [['2000::', 3]];
const SPECIAL_6: readonly Subnet[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];

const listOf = (subnets4: readonly Subnet[], subnets6: readonly Subnet[]): BlockList => {
  const list = new BlockList();
  for (const [network, prefix] of subnets4) list.addSubnet(network, prefix, 'ipv4');
  for (const [network, prefix] of subnets6) list.addSubnet(network, prefix, 'ipv6');
  return list;
};
const NOT_PUBLIC = listOf([...PRIVATE_4, ...SPECIAL_4], SPECIAL_6);
const GLOBAL = listOf([], GLOBAL_6);
/** What an allowed host may resolve to: never this machine, nor what answers to nobody else's network. */
const PRIVATE = listOf(PRIVATE_4, [['fc00::', 7]]);
const LOOPBACK = listOf([['127.0.0.0', 8]], [['::1', 128]]);

function within(list: BlockList, address: string): boolean {
  const family = isIP(address);
  // A zone (`%eth0`) is of link-local addresses alone.
  if (family === 0 || address.includes('%')) return false;
  return list.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

const isPublic = (address: string): boolean =>
  isIP(address) === 4 ? !within(NOT_PUBLIC, address) : within(GLOBAL, address) && !within(NOT_PUBLIC, address);

export const isLoopback = (address: string): boolean => within(LOOPBACK, address);

/** Whether a host that resolves to this address may be sent events. Asked again of each connected socket. */
export function mayReach(address: string, host: string, rules: AddressRules): boolean {
  if (isPublic(address) || within(rules.networks, address)) return true;
  if (rules.development && isLoopback(address)) return true;
  return rules.hosts.has(host) && within(PRIVATE, address);
}

/** The host of an address as it is resolved: an IPv6 address without its brackets. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

/** What is wrong with an address as it is written; undefined where its host is to be resolved. Pure. */
export function unfitAddress(text: string, rules: AddressRules): string | undefined {
  if (!URL.canParse(text)) return 'this is no address';
  const url = new URL(text);
  const host = hostOf(url);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && rules.development))
    return 'give an address that begins with https://';
  if (url.username || url.password) return 'an address must not hold a name or a password';
  if (host.endsWith('.')) return 'leave out the dot at the end of the host';
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const local = rules.development && (host === 'localhost' || isLoopback(host));
  if (url.protocol === 'http:' && !local)
    return 'plain http is for this machine alone: give an address that begins with https://';
  if (!local && !rules.ports.includes(port)) return `port ${port} is not one of ${rules.ports.join(', ')}`;
  return undefined;
}

/**
 * Hosts and networks (CIDR) out of a configuration.
 * @throws RangeError that names the entry which is neither
 */
export function allowed(text: string): Pick<AddressRules, 'hosts' | 'networks'> {
  const hosts = new Set<string>();
  const networks = new BlockList();
  for (const entry of text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')) {
    const [network = '', prefix, ...more] = entry.split('/');
    const family = isIP(network);
    const bits = family === 4 ? 32 : 128;
    const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
    if (family > 0 && more.length === 0 && length <= bits)
      networks.addSubnet(network, length, family === 4 ? 'ipv4' : 'ipv6');
    else if (family === 0 && prefix === undefined && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(network))
      hosts.add(network.toLowerCase());
    else throw new RangeError(`"${entry}" is neither a host (si.exemple.fr) nor a network (10.1.0.0/16)`);
  }
  return { hosts, networks };
}
