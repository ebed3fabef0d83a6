/** What a service that is not said to be a development stack asks of its environment. */
interface Said {
  readonly DEVELOPMENT: boolean;
  readonly AUTH_ISSUER: string;
  readonly AUTH_JWKS_URL: string;
}

/** Faults by variable: whoever can change an answer that is not encrypted can make any token. Pure. */
export function faultsOfProduction(said: Said): Readonly<Record<string, string>> {
  if (said.DEVELOPMENT) return {};
  const plain = (['AUTH_ISSUER', 'AUTH_JWKS_URL'] as const).filter((name) => !isHttps(said[name]));
  const what = 'is no https address; a development stack, and no other, says DEVELOPMENT=true and may do without TLS';
  return Object.fromEntries(plain.map((name) => [name, what]));
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}
