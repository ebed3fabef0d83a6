import { existsSync, readdirSync } from 'node:fs';
import { EVENT_TYPES } from '@gpect/contracts/event-contracts';
import { expect, test } from '@jest/globals';
import { FIGURES, figureCalled, figureIdOf } from '../figures/registry.js';
import { type Estimate, isOfEstimates } from '../statistics/estimate.js';
import { ESTIMATES, estimatesIn } from './registry.js';

const here = new URL('.', import.meta.url);
const files = readdirSync(here).filter((file) => file.endsWith('.ts'));
const fileOf = (id: string) => `${id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;

test.each(ESTIMATES.map(({ id }) => [id]))('%s is a file of that name, with its test beside it', (id) => {
  expect(files).toContain(fileOf(id));
  expect(existsSync(new URL(fileOf(id).replace('.ts', '.test.ts'), here))).toBe(true);
});

test('they stand in places of their own', () => {
  const places = ESTIMATES.map(({ place }) => place);
  expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
});

test.each(ESTIMATES.map((estimate) => [estimate.id, estimate] as const))(
  '%s says which figures count its firms',
  (_id, { countedBy }) => {
    expect(countedBy.length).toBeGreaterThan(0);
    expect(countedBy.filter((measure) => figureCalled(figureIdOf(measure))?.unit !== 'firm')).toEqual([]);
  },
);

test.each(ESTIMATES.map((estimate) => [estimate.id, estimate] as const))(
  '%s says what it rests on in both languages, of which events and of which measures it is made',
  (_id, { assumptionsFr, assumptionsEn, keeps, needs }) => {
    expect(assumptionsFr.length).toBeGreaterThan(0);
    expect(assumptionsEn).toHaveLength(assumptionsFr.length);
    const types = keeps.flatMap((keeper) => keeper.types);
    expect(types.length).toBeGreaterThan(0);
    expect(types.filter((type) => !EVENT_TYPES.includes(type))).toEqual([]);
    const ids = new Set(FIGURES.map(({ id }) => id));
    expect(needs.filter((measure) => !isOfEstimates(measure) && !ids.has(figureIdOf(measure)))).toEqual([]);
  },
);

const estimate = (id: string, place: number) => ({ id, place }) as Estimate;

test('a file that exports no estimate, and two of one id, are refused by name', () => {
  const [a, b] = [estimate('a', 20), estimate('b', 10)];
  const inOrder = estimatesIn([
    ['a.ts', { estimate: a }],
    ['b.ts', { estimate: b }],
  ]);
  expect(inOrder.map(({ id }) => id)).toEqual(['b', 'a']);
  expect(() => estimatesIn([['helper.ts', {}]])).toThrow('estimates/helper.ts exports no estimate');
  const twice = () =>
    estimatesIn([
      ['a.ts', { estimate: a }],
      ['copy.ts', { estimate: a }],
    ]);
  expect(twice).toThrow('estimates/copy.ts: there is an estimate a already');
  const ofFigure = () => estimatesIn([['c.ts', { estimate: estimate('enrolled', 1) }]]);
  expect(ofFigure).toThrow('estimates/c.ts: enrolled is a figure');
});
