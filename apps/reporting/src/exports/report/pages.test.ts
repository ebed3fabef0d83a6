import { type ReadPdf, readPdf } from '@gpect/test-kit/read-pdf';
import { expect, test } from '@jest/globals';
import type { Report } from './report.js';
import { typesetReport } from './typeset.js';

const LINES = 40;

/** A chapter of so many lines, and one that begins below it: where its page ends is another place each time. */
const reportOf = (lines: number, rows: number): Report => ({
  language: 'fr',
  title: 'Bilan',
  of: ['Situation'],
  sight: { cover: 'Tout', foot: 'Pied' },
  nulls: '–',
  figures: [],
  chapters: [
    { title: 'Premier', blocks: Array.from({ length: lines }, (_, i) => ({ kind: 'note', text: `Ligne ${i}` })) },
    {
      title: 'Second',
      blocks: [
        { kind: 'text', text: 'Ce que le tableau montre.' },
        {
          kind: 'table',
          sheet: {
            title: 'Tableau',
            head: ['Bassin', 'Nombre'],
            rows: Array.from({ length: rows }, (_, i) => [`Bassin ${i}`, i]),
            notes: ['Note première.', 'Note du milieu.', 'Note dernière.'],
          },
        },
      ],
    },
  ],
  annexes: [],
});

/** The page on which a text stands. */
const pageOf = ({ pages }: ReadPdf, text: string): number => pages.findIndex((page) => page.text.includes(text));

test.each([10, 30])(
  'a chapter begins with several rows of its table of %i beneath its heading, and no note stands alone, wherever the page ends',
  async (rows) => {
    for (let lines = 20; lines < LINES; lines += 2) {
      const read = await readPdf(typesetReport(reportOf(lines, rows), new Date('2026-12-01T08:00:00Z')));
      const at = (text: string) => ({ lines, page: pageOf(read, text) });
      const first = at('Second');
      expect(at('Ce que le tableau montre.')).toEqual(first);
      expect(at('Bassin 4')).toEqual(at('Tableau'));
      // A table that a page holds is not cut, and its first note stands with it; so do the last two with each other.
      if (rows <= 16) expect(at('Note première.')).toEqual(at('Bassin 0'));
      expect(at('Note dernière.')).toEqual(at('Note du milieu.'));
      const heading = read.pages[first.page]?.pieces.find(({ text }) => text === 'Second');
      expect(heading?.above).toBeGreaterThan(150);
    }
  },
);
