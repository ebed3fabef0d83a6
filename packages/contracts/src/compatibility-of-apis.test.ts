import { expect, test } from '@jest/globals';
import { breakingApi } from '../scripts/compatibility-of-apis.mjs';
import { apisOfToday, releasesOf } from '../scripts/releases.mjs';

/** What of a bilan was never masked, and is null now where it would give a firm away. */
const MASKED = [
  ...[
    ...['visions/*/firms', 'visions/*/issues/*/firms', 'participation/<any>', 'participationByStage/<any>/<any>'],
    ...['practices/firmsSeen', 'practices/firms/<any>', 'survey/firms', 'survey/effects/*/n'],
    ...['before', 'after'].map((moment) => `survey/yes/<any>/${moment}`),
    ...['UP', 'STABLE', 'DOWN'].map((trend) => `survey/trends/<any>/${trend}`),
    ...['littleRecourseAndNoPolicyBefore', 'priorityAfter', 'of'].map((count) => `survey/trainingPriority/${count}`),
    ...['lines', 'byFunderCents/<any>', 'bySchemeCents/<any>'].map((of) => `spend/${of}`),
    ...['firmsBefore', 'firmsAfter'].map((of) => `spend/accompaniedFirmsCents/${of}`),
    'definitions/*/firms',
  ].map((place) => [place, 'integer'] as const),
  ...['before', 'after', 'difference', 'low', 'high'].map((of) => [`survey/effects/*/${of}`, 'number'] as const),
];

/** Breaks that were decided, with why; one that is no longer there must go. */
const DECIDED = new Map([
  ...['enrolment: POST /collective-actions/{programme}/{action}/partners', 'partner-gateway: POST /partners'].map(
    (operation) =>
      [
        `${operation}: application/json/kind: pattern was undefined, is "^[A-Z][A-Z0-9_]{0,39}$"`,
        'any code of that form is taken where a closed list of such codes was (ADR 33)',
      ] as const,
  ),
  ...['GET /bilan', 'GET /bilan/document', 'GET /bilan/figures/{indicator}'].map(
    (operation) =>
      [
        `reporting: ${operation}: query parameter section: pattern was "^[A-U]$", is "^(2025-)?[A-V]$"`,
        'it takes all that it took, and sections of NAF 2025 (ADR 33)',
      ] as const,
  ),
  ...[
    'evaluation: POST /surveys/{programme}/{siret}/naming: evaluator may not call it any more',
    'training-spend: POST /establishments/{siret}/closure: funder may not call it any more',
  ].map((change) => [change, 'who had no charge of the firm spoke in its place (ADR 24)'] as const),
  ...['GET /bilan', 'GET /bilan/document'].flatMap((operation) =>
    MASKED.map(
      ([place, type]) =>
        [
          `reporting: ${operation}: 200 application/json/${place}: type was "${type}", is ["${type}","null"]`,
          'it was told though it gave a firm away; who has full sight gets every value still',
        ] as const,
    ),
  ),
  ...['firms', 'parts/<any>'].map(
    (place) =>
      [
        `reporting: GET /bilan/figures/{indicator}: 200 application/json/${place}: type was "integer", is ["integer","null"]`,
        'the firms behind a masked figure, or its parts, told what was masked',
      ] as const,
  ),
  ...['wave', 'theme', 'origin', 'region', 'programme'].map(
    (axis) =>
      [
        `reporting: GET /bilan/table: 200 application/json/axes/*: "${axis}" is new`,
        'told to who asked for a table along it alone',
      ] as const,
  ),
  ...['macintosh', 'cp850'].flatMap((encoding) =>
    [
      'GET /dialects: 200 application/json/dialects/*/dialect/encoding',
      'GET /dialects/{funder}: 200 application/json/versions/*/dialect/encoding',
    ].map(
      (place) =>
        [
          `training-spend: ${place}: "${encoding}" is new`,
          'shown only to those who see a dialect whose funder declared it; bytes of such files name no encoding, so it cannot be found out',
        ] as const,
    ),
  ),
]);

test.each(releasesOf('openapi'))(
  'the HTTP endpoints of today break no client of what was released as %s, but where that was decided',
  (_v, released) => {
    expect(breakingApi(released, apisOfToday()).sort()).toEqual([...DECIDED.keys()].sort());
  },
);

/** A small API, by its parts. */
function api() {
  return {
    paths: {
      '/firms/{siret}': {
        parameters: [{ name: 'siret', in: 'path', required: true, schema: { type: 'string', pattern: '^\\d{14}$' } }],
        post: {
          security: [{ bearer: ['carrier', 'state'] }],
          parameters: [
            { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 500 } },
          ],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Firm' } } },
          },
          responses: {
            '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/Answer' } } } },
            '404': { description: 'unknown' },
          },
        },
      },
    } as Record<string, Record<string, unknown>>,
    components: {
      schemas: {
        Firm: {
          type: 'object',
          required: ['name'],
          properties: {
            name: { type: 'string', maxLength: 100 } as Record<string, unknown>,
            size: { type: 'string', enum: ['S', 'M'] } as Record<string, unknown>,
            basins: { type: 'array', minItems: 1, items: { type: 'string' } } as Record<string, unknown>,
          } as Record<string, Record<string, unknown>>,
        },
        Answer: {
          type: 'object',
          required: ['state'],
          properties: {
            state: { type: 'string', enum: ['OPEN', 'CLOSED'] } as Record<string, unknown>,
            count: { type: 'integer', minimum: 0 } as Record<string, unknown>,
            byBasin: { type: 'object', additionalProperties: { type: 'integer' } } as Record<string, unknown>,
          } as Record<string, Record<string, unknown>>,
        },
      },
    },
  };
}
type Api = ReturnType<typeof api>;
// biome-ignore lint/suspicious/noExplicitAny: a test changes the document at any place.
const operation = (a: Api) => a.paths['/firms/{siret}']?.['post'] as any;
const firm = (a: Api) => a.components.schemas.Firm;
const answer = (a: Api) => a.components.schemas.Answer;
const field = (of: { properties: Record<string, Record<string, unknown>> }, name: string) => of.properties[name] ?? {};

function breaks(edit: (a: Api) => unknown): string[] {
  const next = api();
  edit(next);
  return breakingApi({ enrolment: api() }, { enrolment: next });
}

test.each<[string, (a: Api) => unknown]>([
  ['a new operation', (a) => Object.assign(a.paths, { '/new': { get: { responses: {} } } })],
  ['a new optional parameter', (a) => operation(a).parameters.push({ name: 'q', in: 'query', schema: {} })],
  ['a wider bound of a parameter', (a) => Object.assign(operation(a).parameters[0].schema, { maximum: 1000 })],
  ['another media type beside', (a) => Object.assign(operation(a).requestBody.content, { 'text/csv': { schema: {} } })],
  ['a body that need not be sent', (a) => Object.assign(operation(a).requestBody, { required: false })],
  ['a new optional field of a request', (a) => Object.assign(firm(a).properties, { note: { type: 'string' } })],
  ['a field of a request that need not be sent', (a) => firm(a).required.pop()],
  ['one more value that is taken', (a) => (field(firm(a), 'size')['enum'] as string[]).push('L')],
  ['a longer text that is taken', (a) => Object.assign(field(firm(a), 'name'), { maxLength: 200 })],
  ['an empty list that is taken', (a) => Reflect.deleteProperty(field(firm(a), 'basins'), 'minItems')],
  ['a new field of an answer', (a) => Object.assign(answer(a).properties, { more: { type: 'string' } })],
  ['a field of an answer that is now always there', (a) => answer(a).required.push('count')],
  ['one value less in an answer', (a) => (field(answer(a), 'state')['enum'] as string[]).pop()],
  ['a new status', (a) => Object.assign(operation(a).responses, { '409': {} })],
  ['what else stands under any name', (a) => Object.assign(answer(a), { additionalProperties: { type: 'string' } })],
  ['one more role', (a) => operation(a).security[0].bearer.push('region')],
  ['another description', (a) => Object.assign(firm(a), { description: 'x' })],
])('%s is safe', (_what, edit) => {
  expect(breaks(edit)).toEqual([]);
});

test.each<[string, (a: Api) => unknown]>([
  ['an operation that is gone', (a) => Reflect.deleteProperty(a.paths['/firms/{siret}'] ?? {}, 'post')],
  ['a parameter that is gone', (a) => operation(a).parameters.pop()],
  ['a parameter that became required', (a) => Object.assign(operation(a).parameters[0], { required: true })],
  ['a new required parameter', (a) => operation(a).parameters.push({ name: 'q', in: 'query', required: true })],
  ['a tighter bound of a parameter', (a) => Object.assign(operation(a).parameters[0].schema, { maximum: 100 })],
  ['a media type no longer taken', (a) => Reflect.deleteProperty(operation(a).requestBody.content, 'application/json')],
  ['a body no longer taken', (a) => Reflect.deleteProperty(operation(a), 'requestBody')],
  ['a field that became required', (a) => firm(a).required.push('size')],
  ['a field of a request that is gone', (a) => Reflect.deleteProperty(firm(a).properties, 'size')],
  ['a value no longer taken', (a) => (field(firm(a), 'size')['enum'] as string[]).pop()],
  ['a closed list where any text was taken', (a) => Object.assign(field(firm(a), 'name'), { enum: ['A'] })],
  ['a shorter text', (a) => Object.assign(field(firm(a), 'name'), { maxLength: 50 })],
  ['a new pattern', (a) => Object.assign(field(firm(a), 'name'), { pattern: '^A' })],
  ['more items that are wanted', (a) => Object.assign(field(firm(a), 'basins'), { minItems: 2 })],
  ['closing the object that is sent', (a) => Object.assign(firm(a), { additionalProperties: false })],
  ['another type', (a) => Object.assign(field(firm(a), 'name'), { type: 'integer' })],
  ['another type of the items', (a) => Object.assign(field(firm(a), 'basins'), { items: { type: 'integer' } })],
  ['a field of an answer that is gone', (a) => Reflect.deleteProperty(answer(a).properties, 'count')],
  ['a field of an answer no longer always there', (a) => answer(a).required.pop()],
  ['one more value in an answer', (a) => (field(answer(a), 'state')['enum'] as string[]).push('HALF')],
  ['an answer without its lower bound', (a) => Reflect.deleteProperty(field(answer(a), 'count'), 'minimum')],
  ['a number where an integer was', (a) => Object.assign(field(answer(a), 'count'), { type: 'number' })],
  [
    'another type of what stands under any name',
    (a) => Object.assign(field(answer(a), 'byBasin'), { additionalProperties: { type: 'string' } }),
  ],
  ['a status that is gone', (a) => Reflect.deleteProperty(operation(a).responses, '404')],
  ['a role that may no longer', (a) => operation(a).security[0].bearer.pop()],
])('%s is breaking', (_what, edit) => {
  expect(breaks(edit)).toHaveLength(1);
});

test('a service that is gone is breaking', () => {
  expect(breakingApi({ enrolment: api() }, {})).toEqual(['enrolment is gone']);
});
