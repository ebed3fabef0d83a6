import { own } from '@gpect/domain-values/records';
import { bool, cleanEnv, makeValidator, num, port, str, url, type ValidatorSpec } from 'envalid';
import { ConnectionString } from 'mongodb-connection-string-url';
import { faultsOfProduction } from './production.js';
import { type TrustedProxies, trustedProxies } from './trusted-proxies.js';

/** Exit code of a service that was started without the configuration it needs (sysexits.h: EX_CONFIG). */
export const EXIT_CONFIG = 78;

/** What is wrong with a value, in our own words: a library's text may hold the value itself, and with it a password. */
class ConfigurationFault extends Error {}

/** As the driver reads it, with several hosts or `mongodb+srv`. */
const mongoUrl = makeValidator<string>((value) => {
  let parsed: ConnectionString;
  try {
    parsed = new ConnectionString(value);
  } catch {
    throw new ConfigurationFault(
      'is no MongoDB connection string (user name and password must be percent-encoded, hosts separated by commas)',
    );
  }
  if (parsed.pathname.length < 2) throw new ConfigurationFault('names no database: say it after the hosts, as /name');
  return value;
});

const brokerList = makeValidator<string>((value) => {
  const well = value.split(',').every((broker) => {
    const [, at] = /^[^\s:/@]+:(\d{1,5})$/.exec(broker.trim()) ?? [];
    return at !== undefined && Number(at) > 0 && Number(at) < 65536;
  });
  if (!well) throw new ConfigurationFault('is no list of host:port, separated by commas');
  return value;
});

const brokers = { desc: 'Kafka bootstrap brokers, separated by commas', example: 'kafka:9092' };

/** What every service reads from its environment. The table in docs/operations/configuration.md is made from this. */
export const COMMON_CONFIG = {
  PORT: port({ desc: 'HTTP port to listen on', example: '4001' }),
  MONGO_URL: mongoUrl({
    desc: "Connection string of the service's own database (a replica set)",
    example: 'mongodb://mongo:27017/enrolment?replicaSet=gpect',
  }),
  KAFKA_BROKERS: brokerList(brokers),
  KAFKA_USERNAME: str({
    desc: 'User of the service at the brokers (SCRAM-SHA-512 over TLS); none where it is empty',
    default: '',
  }),
  KAFKA_PASSWORD_FILE: str({ desc: "File that holds that user's password", default: '' }),
  KAFKA_CA_FILE: str({ desc: 'PEM file of the certificates by which the brokers are known', default: '' }),
  AUTH_ISSUER: str({ desc: 'Issuer (`iss`) that a token must name', example: 'https://login.example/' }),
  AUTH_AUDIENCE: str({ desc: 'Audience (`aud`) that a token must name', default: 'gpect' }),
  AUTH_JWKS_URL: url({
    desc: "Where the issuer's public keys are (JWKS)",
    example: 'https://login.example/.well-known/jwks.json',
  }),
  AUTH_MAX_TOKEN_AGE: num({
    desc: 'Seconds since a token was issued (`iat`) after which it is refused, whatever its `exp` says',
    default: 86_400,
  }),
  DEVELOPMENT: bool({
    desc: 'A stack for trying things: takes the development issuer, an issuer without TLS and webhooks on loopback, which are refused otherwise',
    default: false,
  }),
  TRUST_PROXY: trustedProxies({
    desc: 'Whose X-Forwarded-For is believed, for the address in logs and audit: how many proxies stand in front, or their addresses (CIDR, separated by commas); nobody where it is empty',
    default: false,
    example: '10.0.0.0/8',
  }),
  LOG_LEVEL: str({
    desc: 'Least level that is logged',
    choices: ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
    default: 'info',
  }),
  VALIDATE_RESPONSES: bool({
    desc: 'Check each answer against the OpenAPI document (tests and the local stack)',
    default: false,
  }),
};

export interface ServiceConfig {
  readonly PORT: number;
  readonly MONGO_URL: string;
  readonly KAFKA_BROKERS: string;
  readonly KAFKA_USERNAME: string;
  readonly KAFKA_PASSWORD_FILE: string;
  readonly KAFKA_CA_FILE: string;
  readonly AUTH_ISSUER: string;
  readonly AUTH_AUDIENCE: string;
  readonly AUTH_JWKS_URL: string;
  readonly AUTH_MAX_TOKEN_AGE: number;
  readonly DEVELOPMENT: boolean;
  readonly TRUST_PROXY: TrustedProxies;
  readonly LOG_LEVEL: string;
  readonly VALIDATE_RESPONSES: boolean;
}

/**
 * Reads and checks the environment; on faults it names all of them at once on stderr, never with a value, and ends the process with code 78.
 * @param further what this service reads beside what all services read
 */
export function readConfig<Own extends Record<string, ValidatorSpec<string>>>(
  env: NodeJS.ProcessEnv,
  further: Own = {} as Own,
  exit: (code: number) => never = process.exit,
): ServiceConfig & { readonly [Name in keyof Own]: string } {
  const specs: Record<string, ValidatorSpec<unknown>> = { ...COMMON_CONFIG, ...further };
  const config = cleanEnv(env, specs, {
    reporter: ({ errors }) => {
      const faults = Object.entries(errors);
      if (faults.length === 0) return;
      const lines = faults.map(([name, error]) => {
        const { desc, example } = own(specs, name) as { desc?: string; example?: string };
        const fault = error instanceof ConfigurationFault ? error.message : 'has a value that is not valid';
        const what = env[name] === undefined ? 'is missing' : fault;
        return `  ${name} ${what} — ${desc ?? ''}${example ? `, e.g. ${example}` : ''}`;
      });
      process.stderr.write(
        `This service cannot start; its configuration has ${faults.length} fault(s):\n${lines.join('\n')}\n`,
      );
      exit(EXIT_CONFIG);
    },
  });
  const insecure = Object.entries(faultsOfProduction(config as unknown as ServiceConfig));
  if (insecure.length > 0) {
    const lines = insecure.map(([name, what]) => `  ${name} ${what}`).join('\n');
    process.stderr.write(`This service cannot start; its configuration is insecure:\n${lines}\n`);
    exit(EXIT_CONFIG);
  }
  // Every name of both specifications was read just above.
  return { ...config } as unknown as ServiceConfig & { readonly [Name in keyof Own]: string };
}
