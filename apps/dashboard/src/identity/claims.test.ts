import { describe, expect, test } from '@jest/globals';
import { mappingIn, personIn } from './claims.js';

const nobody = { carrier: [], partner: [], consultant: [], funder: [] };

test('claims as the services read them need no mapping', () => {
  const claims = { sub: 'anne', name: 'Anne Lefebvre', roles: ['carrier'], carrier: 'cci-artois', programmes: ['*'] };
  expect(personIn(claims, mappingIn('{}'))).toEqual({
    subject: 'anne',
    name: 'Anne Lefebvre',
    roles: ['carrier'],
    codes: { ...nobody, carrier: ['cci-artois'] },
    programmes: ['*'],
  });
});

describe('Keycloak', () => {
  /** An access token of Keycloak 26, as a realm with groups gives it. */
  const claims = {
    exp: 1764590000,
    iat: 1764589700,
    jti: 'onrtac:5f4d',
    iss: 'https://login.example/realms/gpect',
    aud: ['gpect', 'account'],
    sub: '9a7c1f8e-6c0f-4a5e-8a53-2b7a2f0d9a11',
    typ: 'Bearer',
    azp: 'dashboard',
    realm_access: { roles: ['default-roles-gpect', 'offline_access', 'uma_authorization'] },
    resource_access: { gpect: { roles: ['porteur', 'evaluateur'] }, account: { roles: ['manage-account', 'state'] } },
    scope: 'openid profile email',
    groups: ['/porteurs/cci-artois', '/porteurs/medef-artois', '/programmes/npdc-2007-2013', '/tous'],
    email_verified: true,
    given_name: 'Anne',
    family_name: 'Lefebvre',
    preferred_username: 'alefebvre',
  };
  const mapping = mappingIn(`{
    "roles": ["resource_access.gpect.roles"],
    "called": { "porteur": "carrier", "evaluateur": "evaluator" },
    "codes": { "carrier": [{ "at": "groups", "prefix": "/porteurs/" }] },
    "programmes": [{ "at": "groups", "prefix": "/programmes/" }]
  }`);
  test('roles of the client and groups are roles, codes and programmes; those of others are none', () => {
    expect(personIn(claims, mapping)).toEqual({
      subject: claims.sub,
      name: 'Anne Lefebvre',
      roles: ['carrier', 'evaluator'],
      codes: { ...nobody, carrier: ['cci-artois', 'medef-artois'] },
      programmes: ['npdc-2007-2013'],
    });
  });
});

test('ProConnect: it says which organisation an agent is of, and that gives the role', () => {
  const claims = {
    sub: '704e024229015d2bd47f7a5e5ab05b35c8336ab403c38022985f8cfadc86fe91',
    given_name: 'Claire',
    usual_name: 'Fontaine',
    email: 'claire.fontaine@dreets.example.fr',
    siret: '13002526500013',
    idp_id: '71144ab3-ee1a-4401-b7b3-79b44f7daeeb',
    belonging_population: 'agent',
  };
  const mapping = mappingIn(
    '{ "given": [{ "at": "siret", "is": ["13002526500013"], "roles": ["state"] }, { "at": "siret", "is": "2", "roles": ["region"] }] }',
  );
  expect(personIn(claims, mapping)).toMatchObject({ name: 'Claire Fontaine', roles: ['state'], codes: nobody });
  expect(personIn({ ...claims, siret: '1' }, mapping).roles).toEqual([]);
});

test('a claim that is called as what every object has is a claim like any other', () => {
  const mapping = mappingIn('{ "roles": ["constructor.name", "__proto__.roles"], "called": {} }');
  expect(personIn({ sub: 'x', roles: ['state'] }, mapping).roles).toEqual([]);
  expect(personIn({ sub: 'x', roles: ['constructor'] }, mappingIn('{ "called": {} }')).roles).toEqual([]);
});

test.each([
  ['no', 'is no JSON'],
  ['[]', 'is no JSON object'],
  ['{ "rolls": [] }', 'has an unknown name; it has roles, called, codes, programmes, given'],
  ['{ "roles": [1] }', 'wants in roles paths of claims'],
  ['{ "codes": { "state": ["a"] } }', 'wants in codes an object of carrier, partner, consultant, funder'],
  ['{ "codes": { "carrier": "a" } }', 'wants a list in codes.carrier'],
  ['{ "called": { "porteur": "porter" } }', 'wants in called an object of roles: state'],
  ['{ "given": [{ "at": "siret", "is": ["1"], "roles": ["admin"] }] }', 'wants in given roles of state'],
  ['{ "given": [{ "is": ["1"] }] }', 'wants in given objects of at, is, roles and codes'],
])('what is wrong with a mapping is said: %s', (text, fault) => {
  expect(() => mappingIn(text)).toThrow(fault);
});
