import { describe, expect, test } from '@jest/globals';
import {
  type Color,
  differenceCiede2000,
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  filterDeficiencyTrit,
  filterGrayscale,
  lab65,
  parse,
  wcagContrast,
} from 'culori';
import { ALL } from '../test/drawn.js';
import { parsed } from '../test/svg.js';
import { DARK, FAINT, LIGHT, MIDDLE, ORANGE, STEPS, TEXT } from './theme.js';

/**
 * What is seen of a colour: by the matrices of Machado, Oliveira and Fernandes (2009, "A physiologically-based model for
 * simulation of color vision deficiency"), of whoever lacks a kind of cone altogether, and by its luminance alone, in grey.
 */
const SIGHTS: Readonly<Record<string, (colour: Color) => Color>> = {
  'usual sight': (colour) => colour,
  protanopia: filterDeficiencyProt(1),
  deuteranopia: filterDeficiencyDeuter(1),
  tritanopia: filterDeficiencyTrit(1),
  'a grey print': filterGrayscale(1),
};

const WHITE = '#ffffff';

/** In CIEDE2000, where 1 is a difference that is just seen of two patches side by side, and 2 to 3 one of two that are apart. */
const OF_KINDS = 10;
const OF_STEPS = 4;
/** Of luminance, for letters and for what a drawing shows (WCAG 2.2, 1.4.3 and 1.4.11). */
const LETTERS = 4.5;
const SHAPES = 3;

const distance = differenceCiede2000();
const isStep = (colour: string) => colour === WHITE || (STEPS as readonly string[]).includes(colour);

function colourOf(written: string): Color {
  const colour = parse(written);
  if (!colour) throw new Error(`${written} is no colour`);
  return colour;
}

/** Every two of them once, each with both. */
const pairsOf = (colours: readonly string[]): [string, string][] =>
  colours.flatMap((one, i) => colours.slice(i + 1).map((other): [string, string] => [one, other]));

/** The shapes that a drawing fills, with the colour of their edge; lines, and what only measures letters, are none. */
function filledIn(svg: string): { fill: string; edge: string }[] {
  return parsed(svg).tags.flatMap(({ name, attributes: { fill = 'none', stroke, 'fill-opacity': opacity } }) =>
    name === 'text' || name === 'tspan' || fill === 'none' || opacity === '0'
      ? []
      : [{ fill: fill.toLowerCase(), edge: (stroke ?? fill).toLowerCase() }],
  );
}

const lettersIn = (svg: string): string[] => [
  ...new Set(
    parsed(svg).tags.flatMap(({ name, attributes: { fill } }) => (name === 'text' && fill ? [fill.toLowerCase()] : [])),
  ),
];

describe.each(Object.entries(SIGHTS))('with %s', (_, seen) => {
  const apart = (one: string, other: string) => distance(seen(colourOf(one)), seen(colourOf(other)));

  test.each(Object.entries(ALL))('what %s shows by its colours is told apart', (_name, draw) => {
    const fills = [...new Set(filledIn(draw().svg).map(({ fill }) => fill))];
    expect(fills.length).toBeGreaterThan(0);
    for (const [one, other] of pairsOf(fills)) {
      const least = isStep(one) && isStep(other) ? OF_STEPS : OF_KINDS;
      expect([one, other, apart(one, other) >= least]).toEqual([one, other, true]);
    }
  });

  test('kinds that stand side by side are told apart', () => {
    for (const [one, other] of [
      [DARK, MIDDLE, LIGHT],
      [DARK, LIGHT, ORANGE],
      [ORANGE, WHITE],
    ].flatMap(pairsOf))
      expect([one, other, apart(one, other) >= OF_KINDS]).toEqual([one, other, true]);
  });

  test('each step is told from the next, and the first from what is masked', () => {
    for (const [i, step] of STEPS.entries())
      expect(apart(STEPS[i - 1] ?? WHITE, step)).toBeGreaterThanOrEqual(OF_STEPS);
  });
});

test('steps go from light to dark evenly, so that a grey print keeps their order', () => {
  const lightness = [WHITE, ...STEPS].map((colour) => lab65(colour)?.l ?? 0);
  for (const [i, light] of lightness.slice(1).entries()) {
    const fall = (lightness[i] ?? 0) - light;
    expect(fall).toBeGreaterThan(6);
    expect(fall).toBeLessThan(11);
  }
});

test('kinds differ in luminance, too, for whoever sees little', () => {
  for (const [one, other] of pairsOf([DARK, MIDDLE, LIGHT]))
    expect([one, other, wcagContrast(one, other) >= SHAPES]).toEqual([one, other, true]);
  for (const other of [DARK, LIGHT, WHITE]) expect(wcagContrast(ORANGE, other)).toBeGreaterThanOrEqual(SHAPES);
});

test.each(Object.entries(ALL))(
  'every shape of %s stands out from the paper, and letters are read where they stand',
  (_, draw) => {
    const { svg } = draw();
    const filled = filledIn(svg);
    for (const { fill, edge } of filled) {
      const contrast = Math.max(...[fill, edge].map((colour) => wcagContrast(colour, WHITE)));
      expect([fill, edge, contrast >= SHAPES]).toEqual([fill, edge, true]);
    }
    for (const letters of lettersIn(svg))
      expect([letters, wcagContrast(letters, WHITE) >= LETTERS]).toEqual([letters, true]);
  },
);

test('dark letters are read upon every step, and faint ones on paper', () => {
  for (const step of STEPS) expect(wcagContrast(TEXT, step)).toBeGreaterThanOrEqual(LETTERS);
  expect(wcagContrast(FAINT, WHITE)).toBeGreaterThanOrEqual(LETTERS);
});
