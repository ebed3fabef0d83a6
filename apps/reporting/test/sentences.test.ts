import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ESTIMATES } from '../src/estimates/registry.js';
import { FIGURES } from '../src/figures/registry.js';
import { idOf, type Sentence, seenAfter } from './sentences/sentence.js';

/** Chapters of the source, each a file of this folder. */
const folder = new URL('./sentences/', import.meta.url);
const sentences: Sentence[] = [];
for (const file of readdirSync(folder).sort())
  if (file !== 'sentence.ts')
    sentences.push(...((await import(`./sentences/${file}`)) as { sentences: readonly Sentence[] }).sentences);

const IDS = new Set([...FIGURES, ...ESTIMATES].map(({ id }) => id));

/** What a sentence shows in: of `see`, and of lists. */
const shownIn = ({ see, lists = {} }: Sentence): string[] =>
  [...new Set([...Object.keys(see).map(idOf), ...Object.keys(lists)])].sort();

describe('each sentence of the source: its events are sent, and its figures say so', () => {
  test.each(sentences.map((sentence) => [sentence.says, sentence] as const))(
    '%s',
    (_says, { send, see, lists = {} }) => {
      const { number, documents } = seenAfter(send);
      expect(Object.fromEntries(Object.keys(see).map((key) => [key, number(key)]))).toEqual(see);
      for (const [made, comes] of Object.values(lists)) expect(made(documents)).toEqual(comes);
    },
  );

  test.each(sentences.map((sentence) => [sentence.says, sentence] as const))(
    'without its events nothing shows: %s',
    (_says, { see, lists = {} }) => {
      const { number, documents } = seenAfter([]);
      for (const key of Object.keys(see)) expect([key, number(key) || 0]).toEqual([key, 0]);
      for (const [made, comes] of Object.values(lists)) expect(made(documents)).not.toEqual(comes);
      // Zeros alone would show without any event.
      expect([...Object.values(see), ...Object.keys(lists)].filter((shown) => shown !== 0)).not.toEqual([]);
    },
  );
});

describe('docs/source.md', () => {
  const rows = (
    readFileSync(new URL('../../../docs/source.md', import.meta.url), 'utf8').match(/^\| (?:intro|\d) \|.*$/gm) ?? []
  ).map((row) => {
    const [, , says = '', place = ''] =
      row.split(' | ').length > 2
        ? [
            '',
            ...row
              .split('|')
              .slice(1)
              .map((c) => c.trim()),
          ]
        : [];
    return { says, ids: [...place.matchAll(/`([^`]+)`/g)].map((m) => m[1] ?? '').filter((name) => IDS.has(name)) };
  });

  test('each of its sentences is one of these, word for word', () => {
    expect(rows.map(({ says }) => says)).toEqual([...new Set(rows.map(({ says }) => says))]);
    expect(sentences.map(({ says }) => says).sort()).toEqual(rows.map(({ says }) => says).sort());
  });

  test.each(rows.map(({ says, ids }) => [says, ids] as const))('names where it shows: %s', (says, ids) => {
    const sentence = sentences.find((one) => one.says === says);
    expect([...ids].sort()).toEqual(sentence ? shownIn(sentence) : []);
  });
});
