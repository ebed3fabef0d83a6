import type { Bilan } from '../bilan/shape.js';
import type { At } from '../dimensions/dimensions.js';
import { SECRECY_RULE, WITHOUT_SECRECY } from '../secrecy/rule.js';
import type { Table } from '../tables/table.js';
import { bilanSheets } from './bilan-sheets.js';
import { type Format, spreadsheet } from './formats.js';
import type { Language } from './labels.js';
import type { Names } from './names.js';
import { bilanReport } from './report/bilan-report.js';
import { partsSaid, saidOf } from './report/cover.js';
import { typesetReport } from './report/typeset.js';
import { nullIn, withNulls } from './sheet.js';
import { tableSheet } from './table-sheet.js';
import { toldIn } from './words.js';
import { writtenDay } from './written.js';

/** A bilan as a file: a report to print, or its tables. `now` is when it is made. */
export async function bilanDocument(
  format: Format,
  bilan: Bilan,
  names: Names,
  language: Language,
  now: Date,
): Promise<Buffer> {
  const told = toldIn(bilan, names, language);
  const title = told.say(`Bilan : ${bilan.programme.name}`, `Outcome: ${bilan.programme.name}`);
  if (format === 'pdf') return typesetReport(bilanReport(told, title), now);
  // A sheet of headings alone says nothing.
  const tables = bilanSheets(bilan, names, language).filter(({ rows }) => rows.length > 0);
  const sheets = tables.map((sheet) => withNulls(sheet, nullIn(bilan.secrecy)));
  return spreadsheet(format, [title, saidOf(told).join(' · ')], sheets, language);
}

/** A crossed table as a file. `within`: the values of other dimensions that all of it is of. */
export async function tableDocument(
  format: Format,
  table: Table,
  names: Names,
  language: Language,
  now: Date,
  within: At = {},
): Promise<Buffer> {
  const sheet = tableSheet(table, names, language, within);
  const released = table.release ? writtenDay(table.release.date, language) : undefined;
  const parts = partsSaid(within, names, language);
  const releasedOn = released
    ? [language === 'fr' ? `Chiffres publiés le ${released}` : `Figures released on ${released}`]
    : [];
  const of = [...parts, ...releasedOn];
  if (format !== 'pdf') return spreadsheet(format, of, [withNulls(sheet, nullIn(table.secrecy))], language);
  const cover = (table.secrecy === 'applied' ? SECRECY_RULE : WITHOUT_SECRECY)[language];
  return typesetReport(
    {
      language,
      title: sheet.title,
      of,
      sight: { cover, foot: '' },
      nulls: nullIn(table.secrecy),
      figures: [],
      chapters: [{ title: '', blocks: [{ kind: 'table', sheet }] }],
      annexes: [],
    },
    now,
  );
}
