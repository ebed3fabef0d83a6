import { SERVICE_NAMES, type ServiceName } from '@gpect/contracts/api-documents';
import type { Exit } from '@gpect/service-kit/config/cannot-start';
import { COMMON_CONFIG } from '@gpect/service-kit/config/config';
import { ConfigurationFault, orFile, readEnvironment } from '@gpect/service-kit/config/environment';
import { mongoUrl, numberFrom } from '@gpect/service-kit/config/validators';
import { bool, makeExactValidator, str, type ValidatorSpec } from 'envalid';
import { MappingFault, mappingIn } from './identity/claims.js';

const httpAddress = makeExactValidator<string>((text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username)
    return text.replace(/\/$/, '');
  throw new ConfigurationFault('is no http(s) address without a query');
});

const claimsMapping = makeExactValidator<string>((text) => {
  try {
    mappingIn(text);
    return text;
  } catch (error) {
    throw new ConfigurationFault(error instanceof MappingFault ? error.message : 'is no mapping of claims');
  }
});

const MOST_HOURS = 24;

/** What the pages read from their environment, beside where each service answers. */
const OWN = {
  PORT: COMMON_CONFIG.PORT,
  PUBLIC_URL: httpAddress({
    desc: 'Where people open the pages',
    example: 'https://gpec.example.fr',
  }),
  MONGO_URL: orFile(
    mongoUrl({
      desc: 'Connection string of the database where sessions are kept',
      example: 'mongodb://mongo:27017/dashboard?replicaSet=gpect',
    }),
  ),
  SESSION_SECRET: orFile(
    makeExactValidator<string>((text) => {
      if (text.length >= 32) return text;
      throw new ConfigurationFault('has fewer than 32 characters');
    })({ desc: 'Signs the cookie and encrypts what is kept of a session: at least 32 random characters' }),
  ),
  SESSION_HOURS: numberFrom(
    0.01,
    MOST_HOURS,
  )({ desc: 'Hours after which one has to sign in again, whatever one does', default: 10 }),
  SESSION_IDLE_MINUTES: numberFrom(0.01)({
    desc: 'Minutes without a request after which one has to sign in again',
    default: 60,
  }),
  OIDC_ISSUER: str({
    desc: 'Issuer where people sign in (OpenID Connect); its discovery document tells the rest',
    example: 'https://login.example/realms/gpect',
  }),
  OIDC_INTERNAL_URL: httpAddress({
    desc: 'Where the issuer is reached from here, if not by its own address; browsers always use that',
    default: '',
  }),
  OIDC_CLIENT_ID: str({ desc: 'Client that the pages are registered as', default: 'dashboard' }),
  OIDC_CLIENT_SECRET: orFile(str({ desc: 'Its secret' })),
  OIDC_SCOPE: str({ desc: 'Scopes that are asked for', default: 'openid profile' }),
  OIDC_USERINFO: bool({
    desc: 'Whether claims are read from the userinfo endpoint, too (ProConnect has them there alone)',
    default: false,
  }),
  OIDC_CLAIMS: orFile(
    claimsMapping({
      desc: 'Where roles and codes stand in the claims, as JSON (apps/dashboard/README.md)',
      default: '{}',
    }),
  ),
  DEVELOPMENT: bool({ desc: 'A stack for trying things: does without TLS', default: false }),
  TRUST_PROXY: COMMON_CONFIG.TRUST_PROXY,
  MAX_CONNECTIONS: COMMON_CONFIG.MAX_CONNECTIONS,
  UPLOAD_TIMEOUT: COMMON_CONFIG.UPLOAD_TIMEOUT,
  LOG_LEVEL: COMMON_CONFIG.LOG_LEVEL,
};

const variableOf = (service: ServiceName): string => `${service.toUpperCase().replaceAll('-', '_')}_URL`;

/** Every variable. The table in docs/operations/configuration.md is made from this. */
export const DASHBOARD_CONFIG: Readonly<Record<string, ValidatorSpec<unknown>>> = {
  ...OWN,
  ...Object.fromEntries(
    SERVICE_NAMES.map((name) => [
      variableOf(name),
      httpAddress({ desc: `Where ${name} answers`, example: `http://${name}:4000` }),
    ]),
  ),
};

type Values<Specs> = { readonly [Name in keyof Specs]: Specs[Name] extends ValidatorSpec<infer Value> ? Value : never };

export type DashboardConfig = Values<typeof OWN> & {
  readonly services: ReadonlyMap<ServiceName, string>;
};

/** On faults it names all of them at once, never with a value, and ends the process. */
export function readDashboardConfig(env: NodeJS.ProcessEnv, exit?: Exit): DashboardConfig {
  // Every name of the specification is read here.
  const values = readEnvironment(env, DASHBOARD_CONFIG, (said) => plainOnes(said as never), exit);
  const services = new Map(
    SERVICE_NAMES.map((name) => [name, String(new Map(Object.entries(values)).get(variableOf(name)))]),
  );
  return { ...(values as unknown as Values<typeof OWN>), services };
}

/** Who can change what is not encrypted can be anybody. Pure. */
function plainOnes(said: Values<typeof OWN>): Readonly<Record<string, string>> {
  if (said.DEVELOPMENT) return {};
  const what = 'is no https address; a development stack, and no other, says DEVELOPMENT=true and may do without TLS';
  return Object.fromEntries(
    (['PUBLIC_URL', 'OIDC_ISSUER'] as const)
      .filter((name) => !said[name].startsWith('https://'))
      .map((name) => [name, what]),
  );
}
