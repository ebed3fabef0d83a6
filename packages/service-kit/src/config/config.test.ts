import { expect, jest, test } from '@jest/globals';
import { readConfig } from './config.js';

const GOOD = {
  PORT: '4001',
  MONGO_URL: 'mongodb://u:secret@a:27017,b:27017,c:27017/enrolment?replicaSet=gpect',
  KAFKA_BROKERS: 'kafka-1:9092,kafka-2:9092',
  AUTH_ISSUER: 'https://login.example/',
  AUTH_JWKS_URL: 'https://login.example/jwks.json',
};

function faultsOf(changed: Record<string, string>): string {
  let said = '';
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  try {
    readConfig({ ...GOOD, ...changed }, {}, (code) => {
      throw new Error(`ended with ${code}`);
    });
  } catch (error) {
    expect(String(error)).toContain('ended with 78');
  } finally {
    write.mockRestore();
  }
  return said;
}

test.each([GOOD.MONGO_URL, 'mongodb+srv://u:secret@cluster.example/enrolment'])(
  'a connection string of several hosts or of srv is taken: %s',
  (MONGO_URL) => expect(faultsOf({ MONGO_URL })).toBe(''),
);

test.each([
  ['MONGO_URL', 'postgres://u:secret@a/enrolment', 'is no MongoDB connection string'],
  ['MONGO_URL', 'mongodb://u:secret@@a:27017/x', 'is no MongoDB connection string'],
  ['MONGO_URL', 'mongodb://u:secret@a:27017,b:27017', 'names no database'],
  ['KAFKA_BROKERS', 'u:secret@kafka', 'is no list of host:port'],
  ['PORT', 'secret', 'not valid'],
  ['AUTH_JWKS_URL', 'secret', 'not valid'],
  ['LOG_LEVEL', 'secret', 'not valid'],
])('a wrong %s is named without its value: %s', (name, value, fault) => {
  const said = faultsOf({ [name]: value });
  expect(said).toContain(`${name} ${fault === 'not valid' ? 'has a value that is not valid' : fault}`);
  expect(said).not.toContain('secret');
});
