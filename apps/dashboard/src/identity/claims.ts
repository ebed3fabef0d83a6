import { BOUND_ROLES, type BoundRole } from '@gpect/contracts/bound-roles';
import { own } from '@gpect/domain-values/records';

/** Where texts stand in claims: a path of names, and what each text begins with (it is cut off; others are left out). */
interface Source {
  readonly at: string;
  readonly prefix?: string;
}

/** Roles and codes for whoever has a claim with one of these values. */
interface Gift {
  readonly at: string;
  readonly is: readonly string[];
  readonly roles?: readonly string[];
  readonly codes?: Partial<Readonly<Record<BoundRole, readonly string[]>>>;
}

/**
 * How an identity provider says who somebody is in the programme. It decides what the pages offer, and nothing else: the services
 * judge by the access token itself.
 */
export interface ClaimsMapping {
  readonly roles: readonly Source[];
  /** What the provider calls a role, where it is not as we do. */
  readonly called?: Readonly<Record<string, string>>;
  readonly codes: Partial<Readonly<Record<BoundRole, readonly Source[]>>>;
  readonly programmes: readonly Source[];
  readonly given?: readonly Gift[];
}

/** Who signed in, as the pages know them. */
export interface Person {
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** For whom they act in a bound role. */
  readonly codes: Readonly<Record<BoundRole, readonly string[]>>;
  readonly programmes: readonly string[];
}

type Claims = Readonly<Record<string, unknown>>;

const ROLES = ['state', 'region', 'carrier', 'partner', 'consultant', 'funder', 'evaluator', 'operations'] as const;
const BOUND = Object.keys(BOUND_ROLES) as BoundRole[];

/** As the services read a token. */
const DEFAULT_MAPPING: ClaimsMapping = {
  roles: [{ at: 'roles' }],
  codes: Object.fromEntries(BOUND.map((role) => [role, [{ at: role }]])),
  programmes: [{ at: 'programmes' }],
};

/** What is wrong with a mapping, and where. */
export class MappingFault extends Error {}

/** A mapping as JSON; what it leaves out is as the services read it. @throws MappingFault */
export function mappingIn(text: string): ClaimsMapping {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    throw new MappingFault('is no JSON');
  }
  if (!isRecord(said)) throw new MappingFault('is no JSON object');
  const names = ['roles', 'called', 'codes', 'programmes', 'given'];
  const unknown = Object.keys(said).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new MappingFault(`has an unknown name; it has ${names.join(', ')}`);
  const { roles, called, codes, programmes, given } = said;
  return {
    roles: roles === undefined ? DEFAULT_MAPPING.roles : sourcesIn(roles, 'roles'),
    codes: codes === undefined ? DEFAULT_MAPPING.codes : codesIn(codes, (of, where) => sourcesIn(of, where)),
    programmes: programmes === undefined ? DEFAULT_MAPPING.programmes : sourcesIn(programmes, 'programmes'),
    ...(called === undefined ? {} : { called: calledIn(called) }),
    ...(given === undefined ? {} : { given: listIn(given, 'given').map(giftIn) }),
  };
}

/** Who that is, by verified claims. Pure. */
export function personIn(claims: Claims, mapping: ClaimsMapping): Person {
  const gifts = (mapping.given ?? []).filter(({ at, is }) => textsAt(claims, at).some((text) => is.includes(text)));
  const said = mapping.roles.flatMap((source) => read(claims, source));
  const roles = [
    ...said.map((name) => own(mapping.called, name) ?? name),
    ...gifts.flatMap((gift) => gift.roles ?? []),
  ];
  const codesOf = (role: BoundRole) =>
    unique([
      ...(mapping.codes[role] ?? []).flatMap((source) => read(claims, source)),
      ...gifts.flatMap((gift) => gift.codes?.[role] ?? []),
    ]);
  return {
    subject: textsAt(claims, 'sub')[0] ?? '',
    name: nameIn(claims),
    // Providers have roles of their own ("offline_access") that are none here.
    roles: ROLES.filter((role) => roles.includes(role)),
    codes: {
      carrier: codesOf('carrier'),
      partner: codesOf('partner'),
      consultant: codesOf('consultant'),
      funder: codesOf('funder'),
    },
    programmes: unique(mapping.programmes.flatMap((source) => read(claims, source))),
  };
}

/** ProConnect says the family name as `usual_name`. */
function nameIn(claims: Claims): string {
  const one = (name: string) => textsAt(claims, name)[0] ?? '';
  const parts = [one('given_name'), one('family_name') || one('usual_name')].filter((part) => part !== '');
  return one('name') || parts.join(' ') || one('preferred_username') || one('email') || one('sub');
}

function read(claims: Claims, { at, prefix = '' }: Source): string[] {
  return textsAt(claims, at).flatMap((text) => (text.startsWith(prefix) ? [text.slice(prefix.length)] : []));
}

/** A text or several, at a path such as `resource_access.gpect.roles`. */
function textsAt(claims: Claims, path: string): string[] {
  let found: unknown = claims;
  for (const step of path.split('.')) found = isRecord(found) ? own(found, step) : undefined;
  const all: unknown[] = Array.isArray(found) ? found : [found];
  return all.filter((one): one is string => typeof one === 'string' && one !== '');
}

function sourcesIn(said: unknown, where: string): Source[] {
  return listIn(said, where).map((one) => {
    if (typeof one === 'string') return { at: one };
    if (isRecord(one) && typeof one['at'] === 'string' && ['string', 'undefined'].includes(typeof one['prefix']))
      return { at: one['at'], ...(typeof one['prefix'] === 'string' ? { prefix: one['prefix'] } : {}) };
    throw new MappingFault(`wants in ${where} paths of claims: "a.b", or { "at": "a.b", "prefix": "/x/" }`);
  });
}

function codesIn<T>(said: unknown, read: (of: unknown, where: string) => T): Partial<Record<BoundRole, T>> {
  if (!isRecord(said) || Object.keys(said).some((name) => !BOUND.includes(name as BoundRole)))
    throw new MappingFault(`wants in codes an object of ${BOUND.join(', ')}`);
  return Object.fromEntries(Object.entries(said).map(([role, of]) => [role, read(of, `codes.${role}`)]));
}

function calledIn(said: unknown): Record<string, string> {
  if (!isRecord(said) || Object.values(said).some((role) => !isRole(role)))
    throw new MappingFault(`wants in called an object of roles: ${ROLES.join(', ')}`);
  return said as Record<string, string>;
}

function giftIn(said: unknown): Gift {
  const wants = 'wants in given objects of at, is, roles and codes';
  if (!isRecord(said) || typeof said['at'] !== 'string') throw new MappingFault(wants);
  const roles = textsIn(said['roles'] ?? [], wants);
  if (!roles.every(isRole)) throw new MappingFault(`wants in given roles of ${ROLES.join(', ')}`);
  return {
    at: said['at'],
    is: textsIn(said['is'], wants),
    roles,
    codes: codesIn(said['codes'] ?? {}, (of) => textsIn(of, wants)),
  };
}

function textsIn(said: unknown, wants: string): string[] {
  const all: unknown[] = Array.isArray(said) ? said : [said];
  if (!all.every((one): one is string => typeof one === 'string')) throw new MappingFault(wants);
  return all;
}

function listIn(said: unknown, where: string): unknown[] {
  if (Array.isArray(said)) return said;
  throw new MappingFault(`wants a list in ${where}`);
}

const isRole = (role: unknown): boolean => ROLES.some((known) => known === role);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
