import { FIRST_YEAR, LAST_YEAR } from '@gpect/domain-values/calendar';
import { patternInFrench } from '@gpect/domain-values/pattern-words';
import { own } from '@gpect/domain-values/records';
import { sayable } from '@gpect/domain-values/text';

/** A rule of JSON Schema that something sent breaks: its keyword, and its parameters as ajv names them. */
export interface BrokenRule {
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

type Words = readonly [what: string, todo: string];

const TYPES: Readonly<Record<string, string>> = {
  string: 'un texte',
  integer: 'un nombre entier',
  number: 'un nombre',
  boolean: 'true ou false',
  object: 'un objet',
  array: 'une liste',
  null: 'null',
};

/** What each format of the contracts is, with what to write. */
export const FORMATS_IN_FRENCH: Readonly<Record<string, string>> = {
  date: `un jour du calendrier, de ${FIRST_YEAR} à ${LAST_YEAR}, écrit aaaa-mm-jj (d’un instant, celui qu’il a à Paris)`,
  'date-time': 'un instant, écrit comme le veut la RFC 3339\u00a0: 2026-11-24T08:00:00Z',
  uri: 'une adresse entière, par exemple https://exemple.fr/chemin',
  binary: 'les octets d’un fichier',
};

/**
 * What is wrong, and what to do, by the keyword that is broken. `ajv-i18n` translates ajv's own sentences by their
 * parameters alone, which express-openapi-validator does not pass on, and says neither the value nor what to do.
 */
export const FAULTS_IN_FRENCH: Readonly<Record<string, (params: BrokenRule['params']) => Words>> = {
  required: () => ['manque', 'donnez-le'],
  additionalProperties: () => ['n’est pas prévu', 'retirez-le, ou corrigez son nom'],
  type: ({ type }) => ['n’est pas du type attendu', `donnez ${typesOf(type)}`],
  enum: ({ allowedValues }) => ['n’est pas une valeur prévue', `donnez ${listOf(allowedValues)}`],
  const: ({ allowedValue }) => [
    'n’est pas la valeur prévue',
    `donnez ${allowedValue === undefined ? 'celle du contrat' : String(allowedValue)}`,
  ],
  pattern: ({ pattern }) => [
    'n’a pas la forme demandée',
    patternInFrench(String(pattern)) ?? 'écrivez-le comme le demande le contrat',
  ],
  format: ({ format }) => [
    'n’a pas la forme demandée',
    `donnez ${own(FORMATS_IN_FRENCH, String(format)) ?? `un «\u00a0${String(format)}\u00a0»`}`,
  ],
  minLength: ({ limit }) =>
    Number(limit) === 1 ? ['est vide', 'remplissez-le'] : ['est trop court', `écrivez au moins ${limit} caractères`],
  maxLength: ({ limit }) => ['est trop long', `écrivez au plus ${limit} caractères`],
  minimum: ({ limit }) => ['est trop petit', `donnez au moins ${limit}`],
  maximum: ({ limit }) => ['est trop grand', `donnez au plus ${limit}`],
  exclusiveMinimum: ({ limit }) => ['est trop petit', `donnez plus de ${limit}`],
  minItems: ({ limit }) => ['a trop peu d’éléments', `donnez-en au moins ${limit}`],
  maxItems: ({ limit }) => ['a trop d’éléments', `donnez-en au plus ${limit}`],
  minProperties: ({ limit }) => ['a trop peu de champs', `donnez-en au moins ${limit}`],
  propertyNames: ({ propertyName }) => [
    `a un nom de champ qui n’est pas admis${propertyName === undefined ? '' : ` («\u00a0${shown(propertyName)}\u00a0»)`}`,
    'corrigez ce nom',
  ],
  uniqueItems: () => ['a deux fois le même élément', 'ne donnez chacun qu’une fois'],
};

/**
 * The fault in French: what it is about, the value that was sent, what to do.
 * @param subject what is at fault, with its article: `le paramètre « programme »`, of the masculine
 */
export function faultInFrench(subject: string, { keyword, params }: BrokenRule, value?: unknown): string {
  const [what, todo] = own(FAULTS_IN_FRENCH, keyword)?.(params) ?? OTHER;
  // Of a field that should not be there its name is at fault, whatever it holds.
  const isAtFault = keyword !== 'additionalProperties' && /string|number|boolean/.test(typeof value) && value !== '';
  const said = isAtFault ? ` («\u00a0${shown(value)}\u00a0»)` : '';
  return `${subject} ${what}${said}\u00a0: ${todo}`;
}

/** Of a keyword without words; a test of the contracts finds each. */
const OTHER: Words = ['n’est pas comme le demande le contrat', 'comparez-le avec le contrat de l’API'];
const MOST_SHOWN = 60;

function shown(value: unknown): string {
  const text = sayable(String(value));
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN).replace(/\p{Cs}$/u, '')}…` : text;
}

function typesOf(type: unknown): string {
  const types = Array.isArray(type) ? type.map(String) : String(type).split(',');
  return types.map((one) => own(TYPES, one) ?? one).join(' ou ');
}

function listOf(values: unknown): string {
  return Array.isArray(values) && values.length > 0
    ? `l’une de celles-ci\u00a0: ${values.join(', ')}`
    : 'une du contrat';
}

/**
 * The rule that a sentence of ajv stands for, with the parameters that it tells; express-openapi-validator passes on the
 * keyword and this sentence alone.
 */
export function ruleOfSentence(keyword: string, sentence: string): BrokenRule {
  const [, pattern] = /^must match pattern "(.*)"$/su.exec(sentence) ?? [];
  const [, format] = /^must match format "(.*)"$/su.exec(sentence) ?? [];
  const [, type] = /^must be ([a-z,]+)$/.exec(sentence) ?? [];
  const [, allowed] = /allowed values: (.*)$/su.exec(sentence) ?? [];
  const [limit] = /-?[0-9][0-9.e+-]*/.exec(sentence) ?? [];
  return { keyword, params: { pattern, format, type, limit, allowedValues: allowed?.split(', ') } };
}
