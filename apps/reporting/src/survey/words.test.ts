import { expect, test } from '@jest/globals';
import { ESTIMATES } from '../estimates/registry.js';
import { FIGURES } from '../figures/registry.js';

/** Drawn at least once, drawn in each wave that had a draw, drawn in none, and drawn in the wave that is spoken of: no "drawn" alone. */
const IN_WHICH_FR = /vague au moins|à chaque vague|à aucune vague|[Pp]ar vague|à la vague où/;
const IN_WHICH_EN = /one wave at least|in each wave|in no(ne| wave)|in any wave|[Bb]y wave|in the wave in which/;

test.each([...FIGURES, ...ESTIMATES].map((one) => [one.id, one] as const))(
  'where %s speaks of firms that were drawn, it says in which waves',
  (_id, { definitionFr, definitionEn }) => {
    if (/\btirées?\b/.test(definitionFr)) expect(definitionFr).toMatch(IN_WHICH_FR);
    if (/\bdrawn\b/.test(definitionEn)) expect(definitionEn).toMatch(IN_WHICH_EN);
  },
);
