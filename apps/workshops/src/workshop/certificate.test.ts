import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPdf } from '@gpect/test-kit/read-pdf';
import { checkedByVeraPdf, findVeraPdf } from '@gpect/test-kit/verapdf';
import { describe, expect, test } from '@jest/globals';
import { certificateOf } from './certificate.js';
import type { Workshop } from './workshop.js';

const MADE_ON = new Date('2026-12-01T08:00:00Z');

/** A workshop that was held, to which one person came. */
const heldWith = (name: string, organisation = 'Ateliers de la Lys'): Workshop =>
  ({
    programme: 'npdc-2007-2013',
    action: 'lens',
    workshop: 'W1',
    title: 'Préparer les départs\u202f: qui\u202f?',
    theme: 'career_paths',
    plannedOn: '2010-09-01',
    heldOn: '2010-09-14',
    startsAt: '14:00',
    endsAt: '17:00',
    place: 'CCI, Arras',
    status: 'HELD',
    attendance: {},
    participants: [{ person: 'P1', seat: 'SEAT', attendance: 'PRESENT', name, organisation }],
  }) as unknown as Workshop;

/** Letters of each writing that people's names are written in here. */
const NAMES = {
  Polish: 'Zofia Wałęsa-Żółć',
  Vietnamese: 'Nguyễn Thị Đặng Ường',
  Turkish: 'Gülşah Yıldız İnönü',
  Greek: 'Ἀθηνᾶ Παπαδοπούλου',
  Cyrillic: 'Олександр Їжакевич',
  Arabic: 'فاطمة الزهراء',
  accents: 'Zoé Lœuillet d’Haÿ',
} as const;

function refusedBy(work: () => unknown): unknown {
  try {
    return { made: work() };
  } catch (refused) {
    return refused;
  }
}

describe.each(Object.entries(NAMES))('a name in %s', (writing, name) => {
  test('stands on the certificate letter by letter, and in its title', async () => {
    const { pages, info } = await readPdf(certificateOf(heldWith(name), 'P1', MADE_ON));
    expect(info.Title).toBe(`Attestation de présence – ${name}`);
    const letters = pages[0]?.letters.replace(/\u00a0/g, ' ') ?? '';
    // What is written from right to left is drawn in that order, and joined: each of its letters is there.
    if (writing === 'Arabic') expect([...letters]).toEqual(expect.arrayContaining([...name.replace(' ', '')]));
    else expect(letters).toContain(name);
  });
});

test('is one page in French, tagged, that says who came, of which firm, to what, when and where', async () => {
  const { pages, info, all } = await readPdf(certificateOf(heldWith('B. Grand'), 'P1', MADE_ON));
  expect(pages).toHaveLength(1);
  expect(info.Language).toMatch(/^fr/);
  const [page] = pages;
  expect([Math.round(page?.width ?? 0), Math.round(page?.height ?? 0)]).toEqual([595, 842]);
  expect(page?.roles).toEqual(expect.arrayContaining(['Document', 'P']));
  expect(page?.smallest).toBeGreaterThanOrEqual(9);
  for (const said of [
    'Attestation de présence',
    'B. Grand',
    'Ateliers de la Lys',
    'l’atelier collectif',
    '« Préparer les départs : qui ? »',
    '14 septembre 2010',
    'de 14:00 à 17:00',
    'CCI, Arras',
  ])
    expect(all).toContain(said);
  expect(page?.letters).toContain('qui\u202f?');
});

test('what a person or a workshop is called is no markup, however long it is', async () => {
  const name = '#strong[x] $x$ <a&b> "c" \\ @d *e* _f_';
  const { pages, all } = await readPdf(
    certificateOf(heldWith(name, `${'Très longue raison sociale '.repeat(7)}SA`), 'P1', MADE_ON),
  );
  expect(all).toContain(name);
  expect(pages).toHaveLength(1);
});

test('a name in letters that no font has is refused, and which letters they are is said: a certificate with question marks certifies nobody', () => {
  expect(refusedBy(() => certificateOf(heldWith('王 Li'), 'P1', MADE_ON))).toMatchObject({
    code: 'letters-not-printable',
    more: { detail: expect.stringContaining('王'), french: expect.stringContaining('王') },
  });
});

test('who did not come, or nobody knows, has none', () => {
  const { participants: [one] = [], ...held } = heldWith('B. Grand');
  const absent = { ...held, participants: [{ ...one, attendance: 'ABSENT' }] } as Workshop;
  expect(refusedBy(() => certificateOf(absent, 'P1', MADE_ON))).toMatchObject({ code: 'not-attended' });
  expect(refusedBy(() => certificateOf(absent, 'P9', MADE_ON))).toMatchObject({ code: 'person-unknown' });
});

const vera = findVeraPdf();
// Whoever has no Java or no Maven is told; the machine that decides must have both.
const ofVeraPdf = vera.jar || process.env['CI'] ? test : test.skip;
ofVeraPdf(
  `a certificate is PDF/UA-1, says veraPDF${vera.jar ? '' : ` (not on this machine: ${vera.reason})`}`,
  async () => {
    if (!vera.jar) throw new Error(`veraPDF is missing: ${vera.reason}`);
    const dir = mkdtempSync(join(tmpdir(), 'gpect-certificate-'));
    try {
      const paths = [];
      for (const [writing, name] of Object.entries(NAMES)) {
        const path = join(dir, `${writing}.pdf`);
        writeFileSync(path, certificateOf(heldWith(name), 'P1', MADE_ON));
        paths.push(path);
      }
      expect(checkedByVeraPdf(vera.jar, paths)).toEqual(paths.map((path) => `PASS ${path} ua1`));
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
  300_000,
);
