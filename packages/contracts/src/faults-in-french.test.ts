import { readdirSync, readFileSync } from 'node:fs';
import { patternInFrench } from '@gpect/domain-values/pattern-words';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { FAULTS_IN_FRENCH, FORMATS_IN_FRENCH, faultInFrench, ruleOfSentence } from './faults-in-french.js';

const ajv = new Ajv2020({ allErrors: true, strict: false });
(addFormatsModule as unknown as { default: (ajv: Ajv2020) => void }).default(ajv);

const GENERATED = new URL('../generated/', import.meta.url);
const documents: unknown[] = [
  'events.json',
  ...readdirSync(new URL('openapi/', GENERATED)).map((n) => `openapi/${n}`),
].map((name) => JSON.parse(readFileSync(new URL(name, GENERATED), 'utf8')) as unknown);

/** Names below these are of fields, and no keywords. */
const NAMING = new Set(['properties', '$defs', 'schemas', 'parameters', 'examples', 'default']);
/** Every keyword of a document that can be broken, with what it asks for. */
function rulesIn(value: unknown, names = false): [keyword: string, asked: unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, asked]) => [
    ...(!names && !Array.isArray(value) && makesErrors(key, asked) ? [[key, asked] as [string, unknown]] : []),
    ...rulesIn(asked, !names && NAMING.has(key) && !Array.isArray(asked)),
  ]);
}

/** Whether ajv itself has a sentence for a keyword; what only leads on to other schemas has none, as `items` with a schema. */
function makesErrors(keyword: string, asked: unknown): boolean {
  if (keyword === 'items' && typeof asked === 'object') return false;
  const known = ajv.getKeyword(keyword);
  return keyword === 'type' || (typeof known === 'object' && 'error' in known);
}

const rules = documents.flatMap((document) => rulesIn(document));
const asked = (keyword: string) => [...new Set(rules.filter(([k]) => k === keyword).map(([, what]) => String(what)))];

test('every keyword that the contracts use has its words in French', () => {
  const used = new Set(rules.map(([keyword]) => keyword));
  expect(used.size).toBeGreaterThan(12);
  expect([...used].filter((keyword) => !(keyword in FAULTS_IN_FRENCH))).toEqual([]);
  expect(Object.keys(FAULTS_IN_FRENCH).filter((keyword) => !used.has(keyword))).toEqual([]);
});

test('a keyword without words would be found', () => {
  expect(rulesIn({ properties: { not: { multipleOf: 2, items: { dependentRequired: {} } } } }).map(([k]) => k)).toEqual(
    ['multipleOf', 'dependentRequired'],
  );
});

test('every format and every pattern that the contracts use has its words in French', () => {
  expect(asked('format').filter((format) => !(format in FORMATS_IN_FRENCH))).toEqual([]);
  expect(asked('pattern').filter((pattern) => patternInFrench(pattern) === undefined)).toEqual([]);
  expect(
    asked('pattern')
      .map((pattern) => patternInFrench(pattern))
      .filter((words) => /\(\?|[\^[\]{}\\]|must/.test(words ?? '')),
  ).toEqual([]);
});

test('a field that should not be there is named, and its value is not at fault', () => {
  const rule = ruleOfSentence('additionalProperties', 'must NOT have additional properties');
  expect(faultInFrench('le champ «\u00a0nom\u00a0»', rule, 'Dupont')).toBe(
    'le champ «\u00a0nom\u00a0» n’est pas prévu\u00a0: retirez-le, ou corrigez son nom',
  );
});

const BROKEN: readonly [keyword: string, schema: object, value: unknown, french: RegExp][] = [
  ['required', { required: ['programme'] }, {}, /manque.*donnez-le/],
  ['additionalProperties', { additionalProperties: false }, { x: 1 }, /n’est pas prévu.*retirez-le/],
  ['type', { type: ['integer', 'null'] }, 'a', /\(« a »\).*donnez un nombre entier ou null/],
  ['enum', { enum: ['UP', 'DOWN'] }, 'x', /\(« x »\).*donnez l’une de celles-ci : UP, DOWN/],
  ['const', { const: '1.0' }, 'x', /n’est pas la valeur prévue/],
  ['pattern', { pattern: '^[0-9]{14}$' }, '12', /\(« 12 »\).*14 chiffres/],
  ['format', { type: 'string', format: 'date' }, '31/12/2012', /« 31\/12\/2012 ».*aaaa-mm-jj/],
  ['minLength', { minLength: 1 }, '', /est vide.*remplissez-le/],
  ['maxLength', { maxLength: 5 }, '123456', /trop long.*au plus 5/],
  ['minimum', { minimum: -0.5 }, -1, /« -1 ».*au moins -0.5/],
  ['maximum', { maximum: 500 }, 501, /au plus 500/],
  ['exclusiveMinimum', { exclusiveMinimum: 0 }, 0, /plus de 0/],
  ['minItems', { minItems: 2 }, [], /au moins 2/],
  ['maxItems', { maxItems: 1 }, [1, 2], /au plus 1/],
  ['minProperties', { minProperties: 1 }, {}, /au moins 1/],
  ['propertyNames', { propertyNames: { maxLength: 2 } }, { abc: 1 }, /nom de champ/],
  ['uniqueItems', { uniqueItems: true }, [1, 1], /deux fois/],
];
describe('what a validator finds is said in French, with the value and what to do', () => {
  test('each of the keywords is tried', () => {
    expect(BROKEN.map(([keyword]) => keyword).sort()).toEqual(Object.keys(FAULTS_IN_FRENCH).sort());
  });

  test.each(BROKEN)('%s', (keyword, schema, value, french) => {
    const validate = ajv.compile(schema);
    expect(validate(value)).toBe(false);
    const error = validate.errors?.find((one) => one.keyword === keyword);
    // express-openapi-validator puts the allowed values behind ajv's sentence.
    const sentence = `${error?.message}${keyword === 'enum' ? ': UP, DOWN' : ''}`;
    for (const rule of [{ keyword, params: error?.params ?? {} }, ruleOfSentence(keyword, sentence)]) {
      const said = faultInFrench('le champ «\u00a0x\u00a0»', rule, value).replaceAll('\u00a0', ' ');
      expect(said).toMatch(french);
      expect(said).not.toMatch(/undefined|must|comme le demande le contrat/);
    }
  });
});
