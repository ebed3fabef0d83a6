import { bool, type CleanedEnv, num, port, str, url, type ValidatorSpec } from 'envalid';
import type { Exit } from './cannot-start.js';
import { orFile, readEnvironment } from './environment.js';
import { faultsOfProduction } from './production.js';
import { type TrustedProxies, trustedProxies } from './trusted-proxies.js';
import { brokerList, certificates, mongoUrl, numberFrom } from './validators.js';

const brokers = { desc: 'Kafka bootstrap brokers, separated by commas', example: 'kafka:9092' };

/** What every service reads from its environment. The table in docs/operations/configuration.md is made from this. */
export const COMMON_CONFIG = {
  PORT: port({ desc: 'HTTP port to listen on', example: '4001' }),
  MONGO_URL: orFile(
    mongoUrl({
      desc: "Connection string of the service's own database (a replica set)",
      example: 'mongodb://mongo:27017/enrolment?replicaSet=gpect',
    }),
  ),
  KAFKA_BROKERS: brokerList(brokers),
  KAFKA_USERNAME: str({
    desc: 'User of the service at the brokers (SCRAM-SHA-512 over TLS); none where it is empty',
    default: '',
  }),
  KAFKA_PASSWORD: orFile(str({ desc: "That user's password", default: '' })),
  KAFKA_CA: orFile(certificates({ desc: 'Certificates (PEM) by which the brokers are known', default: '' })),
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
  REQUESTS_PER_SECOND: numberFrom(0.1)({
    desc: 'Requests a second that one caller may make, counted over 10 s by each replica; 429 beyond',
    default: 1000,
  }),
  REFUSED_PER_SECOND: numberFrom(0.1)({
    desc: 'Requests a second of one address that may be refused for want of a token that is taken; 429 beyond',
    default: 100,
  }),
  MAX_CONNECTIONS: numberFrom(1)({
    desc: 'Connections at once; further ones are closed unanswered',
    default: 2000,
  }),
  UPLOAD_TIMEOUT: numberFrom(1)({
    desc: 'Seconds that a request with a file may take to come',
    default: 3600,
  }),
  UPLOADS_A_DAY: numberFrom(1)({
    desc: 'Files that one sender (the organisation that its token acts for, else its person) may send in a day (of Paris)',
    default: 5000,
  }),
  UPLOAD_GB_A_DAY: numberFrom(0.001)({ desc: 'GB that one sender may send in a day', default: 20 }),
  ALL_UPLOADS_A_DAY: numberFrom(1)({ desc: 'Files that all senders together may send in a day', default: 50_000 }),
  ALL_UPLOAD_GB_A_DAY: numberFrom(0.001)({ desc: 'GB that all senders together may send in a day', default: 100 }),
  LARGEST_UPLOAD_GB: numberFrom(0.001)({ desc: 'GB of the largest file that is taken', default: 5 }),
  WORKBOOK_READERS: numberFrom(1)({
    desc: 'Workbooks (XLSX, ODS) that are read at the same time, each in up to 512 MB; further ones wait in turn, 503 with Retry-After where too many wait',
    default: 3,
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
  readonly KAFKA_PASSWORD: string;
  readonly KAFKA_CA: string;
  readonly AUTH_ISSUER: string;
  readonly AUTH_AUDIENCE: string;
  readonly AUTH_JWKS_URL: string;
  readonly AUTH_MAX_TOKEN_AGE: number;
  readonly DEVELOPMENT: boolean;
  readonly TRUST_PROXY: TrustedProxies;
  readonly REQUESTS_PER_SECOND: number;
  readonly REFUSED_PER_SECOND: number;
  readonly MAX_CONNECTIONS: number;
  readonly UPLOAD_TIMEOUT: number;
  readonly UPLOADS_A_DAY: number;
  readonly UPLOAD_GB_A_DAY: number;
  readonly ALL_UPLOADS_A_DAY: number;
  readonly ALL_UPLOAD_GB_A_DAY: number;
  readonly LARGEST_UPLOAD_GB: number;
  readonly WORKBOOK_READERS: number;
  readonly LOG_LEVEL: string;
  readonly VALIDATE_RESPONSES: boolean;
}

/** Reads and checks what a service is told. @param further what this service reads beside what all services read */
export function readConfig<Own extends Record<string, ValidatorSpec<unknown>>>(
  env: NodeJS.ProcessEnv,
  further: Own = {} as Own,
  exit?: Exit,
): ServiceConfig & CleanedEnv<Own> {
  const specs: Record<string, ValidatorSpec<unknown>> = { ...COMMON_CONFIG, ...further };
  const faultsOf = (values: unknown) => {
    const said = values as ServiceConfig;
    return { ...faultsOfProduction(said), ...faultsOfKafka(said) };
  };
  // Every name of both specifications is read here.
  return readEnvironment(env, specs, faultsOf, exit) as unknown as ServiceConfig & CleanedEnv<Own>;
}

function faultsOfKafka({ KAFKA_USERNAME, KAFKA_PASSWORD }: ServiceConfig): Readonly<Record<string, string>> {
  return KAFKA_USERNAME !== '' && KAFKA_PASSWORD === ''
    ? { KAFKA_PASSWORD: 'is missing (or KAFKA_PASSWORD_FILE): KAFKA_USERNAME names a user' }
    : {};
}
