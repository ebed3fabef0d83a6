import { lookup, Resolver } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { type AddressRules, mayReach } from './addresses.js';

/** All addresses of a host; none where it has none or nobody says. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/**
 * By a resolver that gives up by itself: the system's own holds one of the process's few threads while a partner's name
 * server is silent. What operations allowed by name may also stand in the system's hosts file.
 */
export function resolverOf({ hosts }: AddressRules): Resolve {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  return async (host) => {
    if (isIP(host)) return [host];
    if (host === 'localhost') return ['127.0.0.1', '::1'];
    const found = await Promise.all(
      [resolver.resolve4(host), resolver.resolve6(host)].map((asked) => asked.catch((): string[] => [])),
    );
    if (found.flat().length > 0 || !hosts.has(host)) return found.flat();
    return (await lookup(host, { all: true }).catch(() => [])).map(({ address }) => address);
  };
}

/** Whether all that a host resolves to may be sent to. One that resolves to nothing may not. */
export async function isReachable(host: string, rules: AddressRules, resolve: Resolve): Promise<boolean> {
  const addresses = await resolve(host);
  return addresses.length > 0 && addresses.every((address) => mayReach(address, host, rules));
}

/** Said of a host that may not be sent to, whyever: what stands behind a name is not ours to tell. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed';
}

/** For a socket: gives it only addresses that may be sent to, so that a name cannot be another one's after it was checked. */
export function lookupFor(rules: AddressRules, resolve: Resolve): LookupFunction {
  return (host, { all }, callback) => {
    const answer = async () => {
      const addresses = await resolve(host);
      const found = addresses.map((address) => ({ address, family: isIP(address) }));
      const [first] = found;
      if (!first || !addresses.every((address) => mayReach(address, host, rules)))
        return callback(new NotAllowed(host), '', 0);
      if (all) callback(null, found);
      else callback(null, first.address, first.family);
    };
    answer().catch((error: NodeJS.ErrnoException) => callback(error, '', 0));
  };
}
