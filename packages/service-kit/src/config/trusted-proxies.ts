import { isIP } from 'node:net';
import { makeExactValidator } from 'envalid';

/** Express' own `trust proxy`: nobody, so many hops, or these networks. */
export type TrustedProxies = false | number | string[];

const HOPS = /^[1-9]$/;

/** Never everybody: whoever may write the header may call himself any address. */
export const trustedProxies = makeExactValidator<TrustedProxies>((text) => {
  if (text.trim() === '') return false;
  if (HOPS.test(text.trim())) return Number(text);
  const networks = text.split(',').map((network) => network.trim());
  const wrong = networks.find((network) => !isNetwork(network));
  if (wrong === undefined) return networks;
  throw new Error(`"${wrong}" is neither a number of proxies (1 to 9) nor an address such as 10.0.0.0/8`);
});

function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more !== undefined) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (family === 4 ? 32 : 128))
  );
}
