import { describe, expect, test } from '@jest/globals';
import { madeBilan, NAMES } from '../../../test/bilan.js';
import type { Bilan } from '../../bilan/shape.js';
import { toldIn } from '../words.js';
import { bilanReport } from './bilan-report.js';
import type { Block } from './report.js';

const reportOf = (bilan: Bilan, language: 'fr' | 'en' = 'fr') => bilanReport(toldIn(bilan, NAMES, language), 'Bilan');
const blocksOf = (bilan: Bilan, language: 'fr' | 'en' = 'fr'): Block[] =>
  reportOf(bilan, language).chapters.flatMap(({ blocks }) => blocks);
const textsOf = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => (block.kind === 'text' || block.kind === 'note' ? [block.text] : []));
const titlesOf = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) =>
    block.kind === 'table' ? [block.sheet.title] : block.kind === 'drawing' ? [block.drawing.title] : [],
  );

/** All of its numbers masked, and its keys kept. */
const masked = (of: object): object =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, typeof value === 'number' ? null : value]));

describe('of what no number is told', () => {
  const released = madeBilan('applied');

  test('no table and no drawing is shown: a note names them, and what is noted beneath them goes too', () => {
    const effects = released.survey.effects.map(masked) as typeof released.survey.effects;
    const origins = released.origins.map(masked) as typeof released.origins;
    const blocks = blocksOf({ ...released, origins, survey: { ...released.survey, effects } });
    expect(titlesOf(blocks)).not.toContain('Par origine de la détection');
    expect(titlesOf(blocks)).not.toContain('Part des entreprises qui répondent « oui », avant et après');
    const texts = textsOf(blocks);
    expect(texts).toContain('Masqués par le secret statistique : Par origine de la détection.');
    expect(texts.join('\n')).toContain(
      'Masqués par le secret statistique : Part des entreprises qui répondent « oui », avant et après',
    );
    expect(texts.join('\n')).not.toContain('L’écart est dit en points');
    expect(titlesOf(blocksOf(released))).toContain('Part des entreprises qui répondent « oui », avant et après');
  });

  test('in full sight nothing is called masked', () => {
    const bilan = madeBilan();
    const origins = bilan.origins.map(masked) as typeof bilan.origins;
    const texts = textsOf(blocksOf({ ...bilan, origins }, 'en')).join('\n');
    expect(texts).toContain('Without a number to tell: By origin of the detection.');
    expect(texts).not.toContain('asked');
  });

  test('estimates are named together with their reason, without tables of masks', () => {
    const [, change] = released.estimates;
    if (!change) throw new Error('there is an estimate of the change of spend');
    const none = {
      ...change,
      n: null,
      counts: change.counts.map(masked) as typeof change.counts,
      values: change.values.map(masked) as typeof change.values,
      status: 'INCOMPLETE' as const,
      reasonFr: 'Une publication dit les estimations du dispositif entier seulement.',
      parts: [],
    };
    const blocks = blocksOf({ ...released, estimates: [none, { ...none, id: 'other', labelFr: 'Une autre' }] });
    expect(titlesOf(blocks)).not.toContain('Une autre');
    expect(textsOf(blocks)).toContain(
      `Estimations qui ne sont pas dites ici : ${change.labelFr} ; Une autre. Une publication dit les estimations du dispositif entier seulement.`,
    );
  });

  test('nothing stands on the cover', () => {
    const figures = { ...released.figures, accompanied: null, halfDays: null };
    const { figures: shown } = reportOf({ ...released, figures });
    expect(shown.map(({ value }) => value)).not.toContain('s');
    expect(shown.map(({ label }) => label).join('\n')).not.toContain('accompagnées jusqu’au terme');
    expect(shown.map(({ label }) => label).join('\n')).toContain('entreprises adhérentes');
  });
});

test('where there is one basin and one action, they are named, and no table or drawing of one row says the bilan again', () => {
  const bilan = madeBilan();
  const only = (of: Bilan['byBasin'], code: string) => ({ [code]: of[code] ?? {} }) as Bilan['byBasin'];
  const [objective] = bilan.objectives;
  const blocks = blocksOf({
    ...bilan,
    byBasin: only(bilan.byBasin, 'lille'),
    byAction: only(bilan.byAction, 'b'),
    objectives: objective ? [objective] : [],
  });
  expect(textsOf(blocks)).toContain('Bassin d’emploi : Lille. Action collective : Lens-Liévin.');
  expect(textsOf(blocks)).toContain('Entreprises accompagnées jusqu’au terme : 21, pour un objectif de 34.');
  for (const title of [
    'Par bassin d’emploi',
    'Par action collective',
    'Entreprises accompagnées jusqu’au terme et objectif de chaque action',
  ])
    expect(titlesOf(blocks)).not.toContain(title);
});

test('a column in which nothing was counted of any part is left out, one that is masked is not', () => {
  const bilan = madeBilan();
  const [, change] = bilan.estimates;
  if (!change) throw new Error('there is an estimate of the change of spend');
  const count = (name: string, value: number | null) => ({ name, labelFr: name, labelEn: name, count: value });
  const part = (key: string, drawn: number, answered: number) => ({
    key,
    labelFr: key,
    labelEn: key,
    n: 0,
    counts: [count('tirées', drawn), count('répondu', answered)],
    values: [],
  });
  const withParts = (drawn: number) => ({
    ...change,
    id: 'response',
    labelFr: 'Réponse',
    n: 0,
    counts: [count('tirées', drawn), count('répondu', 9)],
    values: [],
    parts: [part('a', 0, 4), part('b', drawn, 5)],
  });
  const headOf = (drawn: number) =>
    blocksOf({ ...bilan, estimates: [withParts(drawn)] as Bilan['estimates'] }).flatMap((block) =>
      block.kind === 'table' && block.sheet.title === 'Réponse' ? block.sheet.head : [],
    );
  expect(headOf(0)).toEqual(['Groupe', 'Répondu']);
  expect(headOf(3)).toEqual(['Groupe', 'Tirées', 'Répondu']);
});
