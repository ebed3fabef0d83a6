import { expect, jest, test } from '@jest/globals';
import { readDashboardConfig } from './config.js';

const GOOD = {
  PORT: '4012',
  PUBLIC_URL: 'https://gpec.example.fr/',
  MONGO_URL: 'mongodb://u:secret@a:27017/dashboard?replicaSet=gpect',
  SESSION_SECRET: 'secret'.repeat(8),
  OIDC_ISSUER: 'https://login.example/realms/gpect',
  OIDC_CLIENT_SECRET: 'secret',
  ENROLMENT_URL: 'http://enrolment:4000',
  CONSULTING_URL: 'http://consulting:4000',
  WORKSHOPS_URL: 'http://workshops:4000',
  TRAINING_SPEND_URL: 'http://training-spend:4000',
  EVALUATION_URL: 'http://evaluation:4000',
  REPORTING_URL: 'http://reporting:4000/',
  PARTNER_GATEWAY_URL: 'http://partner-gateway:4000',
};

function faultsOf(env: NodeJS.ProcessEnv): string {
  let said = '';
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  try {
    readDashboardConfig(env, (code) => {
      throw new Error(`ended with ${code}`);
    });
  } catch (error) {
    expect(String(error)).toContain('ended with 78');
  } finally {
    write.mockRestore();
  }
  return said;
}

test('what is said is taken, and where each service answers', () => {
  const { services, PUBLIC_URL } = readDashboardConfig(GOOD);
  expect(PUBLIC_URL).toBe('https://gpec.example.fr');
  expect(services.get('training-spend')).toBe('http://training-spend:4000');
  expect(services.get('reporting')).toBe('http://reporting:4000');
});

test('all that is missing is said at once', () => {
  const said = faultsOf({});
  for (const name of Object.keys(GOOD)) expect(said).toContain(`  ${name} is missing`);
});

test.each([
  ['SESSION_SECRET', 'short', 'has fewer than 32 characters'],
  ['PUBLIC_URL', 'http://gpec.example.fr', 'is no https address'],
  ['OIDC_ISSUER', 'http://login.example', 'is no https address'],
  ['REPORTING_URL', 'reporting:4000', 'is no http(s) address'],
  ['OIDC_CLAIMS', '{ "roles": "x" }', 'wants a list in roles'],
])('a wrong %s is named without its value', (name, value, fault) => {
  const said = faultsOf({ ...GOOD, [name]: value });
  expect(said).toContain(`${name} ${fault}`);
  expect(said).not.toContain('secret');
});
