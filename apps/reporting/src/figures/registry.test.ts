import { existsSync, readdirSync } from 'node:fs';
import { EVENT_TYPES } from '@gpect/contracts/event-contracts';
import { expect, test } from '@jest/globals';
import { type Figure, sourcesOf } from './figure.js';
import { FIGURES, figureIdOf, figuresIn, isAmount } from './registry.js';

const here = new URL('.', import.meta.url);
const files = readdirSync(here).filter((file) => file.endsWith('.ts'));
const fileOf = (id: string) => `${id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;

test.each(FIGURES.map(({ id }) => [id]))('%s is a file of that name, with its test beside it', (id) => {
  expect(files).toContain(fileOf(id));
  expect(existsSync(new URL(fileOf(id).replace('.ts', '.test.ts'), here))).toBe(true);
});

test('every file of the folder has a test, but for the form of a figure', () => {
  const lacking = files.filter(
    (file) => !file.endsWith('.test.ts') && !files.includes(file.replace('.ts', '.test.ts')),
  );
  expect(lacking).toEqual(['figure.ts']);
});

test('a committee reads the figures in their places, no two in one', () => {
  const places = FIGURES.map(({ place }) => place);
  expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
});

test.each(FIGURES.map((figure) => [figure.id, figure] as const))(
  '%s says of which events it is made',
  (_id, figure) => {
    expect(sourcesOf(figure).length).toBeGreaterThan(0);
    expect(sourcesOf(figure).filter((type) => !EVENT_TYPES.includes(type))).toEqual([]);
  },
);

const figure = (id: string, place: number) => ({ id, place }) as Figure;

test('figures stand in their places, whatever their files are called', () => {
  const made = figuresIn([
    ['a.ts', { figure: figure('a', 20) }],
    ['b.ts', { figure: figure('b', 10) }],
  ]);
  expect(made.map(({ id }) => id)).toEqual(['b', 'a']);
});

test('a file that exports no figure is named', () => {
  expect(() => figuresIn([['helper.ts', {}]])).toThrow('figures/helper.ts exports no figure');
});

test('two figures of one id are refused, the second file named', () => {
  const twice = () =>
    figuresIn([
      ['a.ts', { figure: figure('a', 10) }],
      ['copy.ts', { figure: figure('a', 20) }],
    ]);
  expect(twice).toThrow('figures/copy.ts: there is a figure a already');
});

test.each([
  ['spend', 'spend', true],
  ['spend:funder:opca-a', 'spend', true],
  ['~spend:rest:spendEnrolled', 'spend', true],
  ['spend:lines', 'spend', false],
  ['sessions', 'sessions', false],
  ['~survey:gained:roles_clear', 'survey', false],
])('%s is a measure of %s; an amount of money: %s', (measure, id, amount) => {
  expect([figureIdOf(measure), isAmount(measure)]).toEqual([id, amount]);
});
