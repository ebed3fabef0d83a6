import { X509Certificate } from 'node:crypto';
import { makeValidator } from 'envalid';
import { ConnectionString } from 'mongodb-connection-string-url';
import { ConfigurationFault } from './environment.js';

/** Databases of mongod itself. */
const OF_MONGOD: readonly string[] = ['admin', 'local', 'config'];

/** As the driver reads it, with several hosts or `mongodb+srv`. */
export const mongoUrl = makeValidator<string>((value) => {
  let parsed: ConnectionString;
  try {
    parsed = new ConnectionString(value);
  } catch {
    throw new ConfigurationFault(
      'is no MongoDB connection string (user name and password must be percent-encoded, hosts separated by commas)',
    );
  }
  const database = parsed.pathname.slice(1);
  if (database === '') throw new ConfigurationFault('names no database: say it after the hosts, as /name');
  if (OF_MONGOD.includes(database))
    throw new ConfigurationFault("names a database of mongod itself: name the service's own after the hosts");
  return value;
});

export const brokerList = makeValidator<string>((value) => {
  const brokers = value.split(',').map((broker) => broker.trim());
  const well = brokers.every((broker) => {
    const [, at] = /^[^\s:/@]+:(\d{1,5})$/.exec(broker) ?? [];
    return at !== undefined && Number(at) > 0 && Number(at) < 65536;
  });
  if (!well) throw new ConfigurationFault('is no list of host:port, separated by commas');
  return brokers.join(',');
});

/** Certificates as PEM; none where it is empty. */
export const certificates = makeValidator<string>((value) => {
  if (value === '') return value;
  try {
    new X509Certificate(value);
    return value;
  } catch {
    throw new ConfigurationFault('holds no certificate in PEM form');
  }
});

/** A number from one bound to another. */
export const numberFrom = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  makeValidator<number>((value) => {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (number >= least && number <= most) return number;
    throw new ConfigurationFault(
      most === Number.MAX_SAFE_INTEGER ? `is no number of ${least} or more` : `is no number from ${least} to ${most}`,
    );
  });
