import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readPdf } from '@gpect/test-kit/read-pdf';
import { afterAll, expect, test } from '@jest/globals';
import { shownByFonts } from './fonts.js';
import { LetterWithoutFont, typesetPdf } from './typesetting.js';

const dir = mkdtempSync(join(tmpdir(), 'gpect-typesetting-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
writeFileSync(
  join(dir, 'page.typ'),
  '#let data = json("document.json")\n#set document(title: data.text)\n#set text(lang: "fr")\n#par(data.text)\n',
);
const made = (text: string) =>
  typesetPdf({
    template: pathToFileURL(join(dir, 'page.typ')),
    data: { text },
    madeOn: new Date('2026-12-01T08:00:00Z'),
  });

test('a text is set letter by letter, with its narrow space, and is no markup', async () => {
  const text = 'Wałęsa #x $y$ 4\u202f652 Їжак Ἀθηνᾶ Nguyễn';
  const { pages, info } = await readPdf(made(text));
  expect(pages[0]?.letters.replace(/\u00a0/g, ' ')).toBe(text);
  expect(info.Title).toBe(text);
});

test('is the same for the same text, and another for another', () => {
  expect(made('un').equals(made('un'))).toBe(true);
  expect(made('un').equals(made('deux'))).toBe(false);
});

test.each(['王 Li', 'Zoé 👩‍💼', 'שלום', '𝕏'])(
  '%s has letters without a font, whatever fonts the machine has: it is refused with them, and set with question marks',
  (text) => {
    const refused = refusedBy(() => made(text));
    expect(refused).toBeInstanceOf(LetterWithoutFont);
    const { letters } = refused as LetterWithoutFont;
    expect(letters).toMatch(/[^ -~]/u);
    expect(text).toContain(letters);
    expect(made(shownByFonts(text)).length).toBeGreaterThan(0);
  },
);

function refusedBy(work: () => unknown): unknown {
  try {
    return { made: work() };
  } catch (refused) {
    return refused;
  }
}

test('Arabic is set', async () => {
  const { pages } = await readPdf(made('فاطمة'));
  expect([...(pages[0]?.letters ?? '')]).toEqual(expect.arrayContaining([...'فاطمة']));
});

test('what the template does wrong is told', () => {
  writeFileSync(join(dir, 'wrong.typ'), '#nothing-like-this()');
  const template = pathToFileURL(join(dir, 'wrong.typ'));
  expect(() => typesetPdf({ template, data: {}, madeOn: new Date() })).toThrow(/unknown variable/);
});
