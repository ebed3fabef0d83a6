import { expect, test } from '@jest/globals';
import { eventFiles, faultsOfFrench, faultsOfFrenchOfHttp, frenchOf } from '../scripts/french.mjs';
import { apiDocument } from './api-documents.js';

test('every event says its French, and which partners get it, in its own schema', () => {
  expect(faultsOfFrench(eventFiles())).toEqual([]);
});

test("every text of the partners' endpoint has its French, and no French is left over", () => {
  expect(faultsOfFrenchOfHttp(apiDocument('partner-gateway'), frenchOf())).toEqual([]);
});

test('what is missing is named with its file and its key', () => {
  const field = (french?: string) => ({ description: 'In words.', ...(french ? { 'x-fr': french } : {}) });
  const whole = { title: 'A', 'x-fr-title': 'A', 'x-audience': [], ...field('En mots.') };
  expect(
    faultsOfFrench([
      ['events/enrolment/a.v1.schema.json', { ...whole, properties: { wish: field() } }],
      ['events/enrolment/b.v1.schema.json', { title: 'B', ...field('En d’autres mots.') }],
    ]),
  ).toEqual([
    'events/enrolment/a.v1.schema.json /properties/wish/x-fr is missing: the French of "In words."',
    'events/enrolment/b.v1.schema.json: x-fr-title is missing',
    "events/enrolment/b.v1.schema.json: x-audience is missing: which partners get it; [] where it is the services' own",
    'events/enrolment/b.v1.schema.json /x-fr: "In words." is said "En mots." elsewhere',
  ]);
});
