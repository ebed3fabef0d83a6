import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';

/** A spreadsheet that opens a CSV by a double click and saves it: every cell is what it looks like, whatever it was to be. */
export interface Locale {
  readonly decimal: ',' | '.';
  readonly group: RegExp;
  readonly dayFirst: boolean;
  readonly yes: string;
  readonly no: string;
}
export const FRENCH: Locale = { decimal: ',', group: /[ \u00a0\u202f]/g, dayFirst: true, yes: 'VRAI', no: 'FAUX' };
export const ENGLISH: Locale = { decimal: '.', group: /,/g, dayFirst: false, yes: 'TRUE', no: 'FALSE' };

const MONTHS =
  /^(?:(\d{1,2})[ .-]*)?(janv?|f[ée]vr?|feb|mars?|avr|apr|mai|may|juin|jun|juil|jul|ao[uû]t|aug|sept?|oct|nov|d[ée]c)[a-zé]*\.?[ .-]*(\d{1,4})?$/i;

/** What is shown of a cell, and so saved: of a formula its value, of a number or a day what its format leaves. */
export function shownOf(cell: string, locale: Locale): string {
  const formula = /^="((?:[^"]|"")*)"$/.exec(cell);
  if (formula) return (formula[1] ?? '').replaceAll('""', '"');
  const text = cell.trim();
  if (/^(?:vrai|true)$/i.test(text)) return locale.yes;
  if (/^(?:faux|false)$/i.test(text)) return locale.no;
  const number = numberOf(text, locale);
  if (number !== undefined) return number;
  const day = dayOf(text, locale);
  if (day !== undefined) return day;
  return /^[=+\-@]/.test(text) ? '#NOM?' : cell;
}

function numberOf(text: string, { decimal, group }: Locale): string | undefined {
  let plain = text
    .replace(/^\((.*)\)$/, '-$1')
    .replace(/^([+-]?)[ \u00a0\u202f]*[€$£][ \u00a0\u202f]*/, '$1')
    .replace(/[ \u00a0\u202f]*[€$£]$/, '');
  const percent = plain.endsWith('%');
  plain = plain
    .replace(/[ \u00a0\u202f]*%$/, '')
    .replace(group, '')
    .replace(decimal, '.');
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(plain)) return undefined;
  const value = Number(plain);
  const comma = (written: string) => written.replace('.', decimal);
  if (percent) return `${comma(String(value))}%`;
  if (/e/i.test(plain) || Math.abs(value) >= 1e11) {
    const [mantissa = '', power = ''] = value.toExponential(/e/i.test(plain) ? 2 : 5).split('e');
    return comma(`${mantissa}E${power.replace(/^([+-])(\d)$/, '$10$2')}`);
  }
  return comma(String(Number(value.toPrecision(10))));
}

function dayOf(text: string, { dayFirst }: Locale): string | undefined {
  const two = (n: number | string) => String(n).padStart(2, '0');
  const time = /^(\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?([ap])m?)?$/i.exec(text);
  if (time) return `${two(Number(time[1]) % 24)}:${time[2]}`;
  const month = MONTHS.exec(text);
  if (month && (month[1] || month[3])) return `${two(month[1] ?? 1)}-${month[2]?.slice(0, 4).toLowerCase()}`;
  const iso = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?: [\d:]+)?$/.exec(text);
  const parts = iso
    ? [iso[3], iso[2], iso[1]]
    : /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2,4}))?(?: [\d:]+)?$/.exec(text)?.slice(1);
  if (!parts) return /^\d{1,2}[/-]\d{4}$/.test(text) ? `mois-${text.slice(-2)}` : undefined;
  const [first = 0, second = 0] = parts.slice(0, 2).map(Number);
  const [day, of] = dayFirst || iso ? [first, second] : [second, first];
  if (day < 1 || day > 31 || of < 1 || of > 12) return undefined;
  return parts[2] ? `${two(day)}/${two(of)}/${parts[2]}` : `${two(day)}-mois${of}`;
}

/** As Excel for Windows saves it: Windows-1252, a semicolon, quotation marks only where needed. */
export function savedByDoubleClick(bytes: Buffer, delimiter: string, locale: Locale): Buffer {
  // Without a byte-order mark it takes a file for what its own programs write.
  const isUtf8 = bytes.subarray(0, 3).equals(Buffer.from('\ufeff'));
  const text = iconv.decode(bytes, isUtf8 ? 'utf-8' : 'windows-1252', { stripBOM: true });
  const rows: string[][] = parse(text, { delimiter, relax_column_count: true });
  const shown = rows.map((row) => row.map((cell) => shownOf(cell, locale)));
  const quoted = (text: string) => (/[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return iconv.encode(shown.map((row) => `${row.map(quoted).join(';')}\r\n`).join(''), 'windows-1252');
}
