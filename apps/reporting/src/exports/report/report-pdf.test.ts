import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPdf } from '@gpect/test-kit/read-pdf';
import { checkedByVeraPdf, findVeraPdf } from '@gpect/test-kit/verapdf';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HOSTILE, madeBilan, NAMES } from '../../../test/bilan.js';
import { bilanDocument, tableDocument } from '../documents.js';

const NOW = new Date('2026-12-01T08:00:00Z');
const dir = mkdtempSync(join(tmpdir(), 'gpect-pdf-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const table = {
  indicator: {
    id: 'enrolled',
    labelFr: 'Adhérentes',
    labelEn: 'Enrolled',
    definitionFr: 'd',
    definitionEn: 'd',
    unit: 'firm',
  },
  axes: ['basin', 'section'],
  rows: ['lille'],
  columns: [...'ABCDEFGHIJKLMNOPQRSTU'],
  cells: [[...Array(21).fill(3), null], [...Array(22).fill(3)]],
  secrecy: 'applied',
  beingCounted: [],
} as unknown as Parameters<typeof tableDocument>[1];

const files: Record<string, Buffer> = {};
beforeAll(async () => {
  files['full'] = await bilanDocument('pdf', madeBilan(), NAMES, 'fr', NOW);
  files['released'] = await bilanDocument('pdf', madeBilan('applied'), NAMES, 'fr', NOW);
  files['english'] = await bilanDocument('pdf', madeBilan(), NAMES, 'en', NOW);
  files['table'] = await tableDocument('pdf', table, NAMES, 'fr', NOW);
});

/** Readers copy every kind of space as one that is plain. */
const spaced = (text: string): string => text.replace(/\s/g, ' ');

describe('the PDF of a bilan', () => {
  test('is A4 upright, with its title and language, and no letter below 8.5 points', async () => {
    const { pages, info } = await readPdf(files['full'] ?? Buffer.alloc(0));
    expect(info.Title).toBe('Bilan\u00a0: GPEC territoriale de Wałęsa');
    expect(info.Language).toMatch(/^fr/);
    expect(pages.length).toBeGreaterThan(4);
    for (const { width, height, smallest } of pages) {
      expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
      expect(smallest).toBeGreaterThanOrEqual(8.4);
    }
  });

  test('says names as they are: nothing of them is markup, and every letter is in its font', async () => {
    const { all } = await readPdf(files['full'] ?? Buffer.alloc(0));
    expect(all).toContain('Wałęsa #strong[x] $x$ <a&b>');
    expect(all).toContain('Lens-Liévin');
    expect(all).toContain('Paroles d’entreprises « On se parle enfin. » Salariés, relations sociales');
    expect(HOSTILE).toContain('#strong');
  });

  test('writes numbers and days as they are written in France, and differences in points', async () => {
    const { all } = await readPdf(files['full'] ?? Buffer.alloc(0));
    for (const said of [
      '4\u202f652',
      '1er septembre 2007',
      '+55,3\u00a0points',
      '28\u202f039\u202f138\u202f€',
      '+76,2\u202f%',
      '4 janvier 2010',
    ])
      expect(all).toContain(spaced(said));
    expect(all).not.toMatch(/\d{4}-\d{2}-\d{2}/);
  });

  test('has its narrow spaces and its wide ones in the file, for whoever reads its letters; readers copy plain ones', async () => {
    const { pages } = await readPdf(files['full'] ?? Buffer.alloc(0));
    const letters = pages.map((page) => page.letters).join('');
    for (const said of ['4\u202f652', '28\u202f039\u202f138\u202f€', '76,2\u202f%']) expect(letters).toContain(said);
    expect(pages.map(({ text }) => text).join('')).not.toContain('\u202f');
  });

  test('is tagged: headings, tables with heads, figures with what they show', async () => {
    const { pages } = await readPdf(files['full'] ?? Buffer.alloc(0));
    const roles = new Set(pages.flatMap((page) => page.roles));
    for (const role of ['H1', 'Table', 'TH', 'TD', 'Figure', 'P']) expect(roles).toContain(role);
    const alts = pages.flatMap((page) => page.alts);
    expect(alts.some((alt) => /677.*580.*493.*460/.test(alt))).toBe(true);
    expect(alts).toHaveLength(pages.flatMap((page) => page.roles).filter((role) => role === 'Figure').length);
  });

  test('keeps what only a machine wants to its last annex', async () => {
    const { pages } = await readPdf(files['full'] ?? Buffer.alloc(0));
    const at = pages.flatMap(({ text }, page) => (/Kafka|gpect\./.test(text) ? [page] : []));
    expect(at).toEqual([pages.length - 1]);
  });

  test('of a release writes masked numbers as s and says why; of full sight that it is not for publication', async () => {
    const released = await readPdf(files['released'] ?? Buffer.alloc(0));
    expect(released.all).toContain('Chiffres publiés le 15 janvier 2014');
    for (const { text } of released.pages) expect(text).toContain('nombre masqué par le secret statistique');
    expect(released.all).toMatch(/Calaisis 677 580 493 s /);
    const whole = await readPdf(files['full'] ?? Buffer.alloc(0));
    for (const { text } of whole.pages) expect(text).toContain('à ne pas diffuser');
    expect(whole.all).not.toContain('nombre masqué');
  });

  test('says why an estimate is not complete, and what it assumes', async () => {
    const { all } = await readPdf(files['full'] ?? Buffer.alloc(0));
    for (const said of ['Incomplet : Les 12 mois', 'Une évolution n’est pas un effet']) expect(all).toContain(said);
  });

  test('is the same for the same bilan', async () => {
    expect((await bilanDocument('pdf', madeBilan(), NAMES, 'fr', NOW)).equals(files['full'] ?? Buffer.alloc(0))).toBe(
      true,
    );
  });
});

const vera = findVeraPdf();
// Whoever has no Java or no Maven is told; the machine that decides must have both.
const ofVeraPdf = vera.jar || process.env['CI'] ? test : test.skip;
ofVeraPdf(
  `every document is PDF/UA-1, says veraPDF${vera.jar ? '' : ` (not on this machine: ${vera.reason})`}`,
  () => {
    if (!vera.jar) throw new Error(`veraPDF is missing: ${vera.reason}`);
    const paths = Object.entries(files).map(([name, bytes]) => {
      writeFileSync(join(dir, `${name}.pdf`), bytes);
      return join(dir, `${name}.pdf`);
    });
    expect(checkedByVeraPdf(vera.jar, paths)).toEqual(paths.map((path) => `PASS ${path} ua1`));
  },
  300_000,
);

test('letters that no font has are printed as question marks, and the others as they are', async () => {
  const bilan = madeBilan();
  const name = 'Zoé 👩‍💼🏳️‍🌈 ﷺ 𝕏 e\u0301 שלום';
  const platforms = bilan.platforms.map((platform) => ({ ...platform, name }));
  const made = { ...bilan, programme: { ...bilan.programme, name }, platforms };
  const { all, info } = await readPdf(await bilanDocument('pdf', made, NAMES, 'fr', NOW));
  expect(info.Title).toContain('Zoé ');
  expect(all).toContain('Zoé ?');
});
