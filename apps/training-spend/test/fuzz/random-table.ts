import iconv from 'iconv-lite';
import type { Dice, Meant, Outcome } from './meant.js';
import { workbook } from './random-workbook.js';

/**
 * Writes tables with a known meaning in habits drawn at random, and says what each line must become. It shares no code with
 * the reader: check digits by INSEE's definition, digits by string arithmetic, and formats as people write them.
 */

export interface WrittenTable {
  readonly form: 'text' | 'xlsx' | 'ods';
  readonly bytes: Buffer;
  readonly lines: readonly Meant[];
  /** The cells as they are written; the headings are among them. */
  readonly rows: readonly (readonly string[])[];
  /** Where each row begins and ends in the bytes of a text of one encoding. */
  readonly spans: readonly { readonly from: number; readonly until: number }[];
  readonly decimal: ',' | '.' | 'auto';
  readonly delimiter: string;
  readonly lineEnd: string;
  /** Whether a total that is off was written. */
  readonly differing: number;
  readonly agreeing: number;
  /** The sum of its amounts that can be read, totals left out. */
  readonly cents: number;
}

const luhn = (digits: string): number =>
  [...digits]
    .reverse()
    .reduce((sum, c, i) => sum + (i % 2 === 0 ? Number(c) : ([0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(c)] ?? 0)), 0) % 10;
const checked = (body: string) => body + ((10 - luhn(`${body}0`)) % 10);

function siretOf(dice: Dice): string {
  const siren = checked(String(10_000_000 + dice.below(89_999_999)));
  return checked(siren + String(1 + dice.below(9998)).padStart(4, '0'));
}

interface Habits {
  readonly mark: ',' | '.';
  readonly group: string;
  readonly euro: string;
  readonly minus: string;
  readonly short: boolean;
  readonly date: string;
  readonly siret: string;
  readonly quote: 'needed' | 'all' | 'some';
}

const HEADINGS: Readonly<Record<string, readonly string[]>> = {
  reference: ['Référence', 'REFERENCE', 'référence ', 'Re\u0301fe\u0301rence', ' Référence'],
  siret: ['SIRET', 'Siret', 'N° SIRET', 'siret'],
  paidOn: ['Date de paiement', 'DATE DE PAIEMENT', 'Date paiement', 'Dt paiement'],
  scheme: ['Dispositif', 'DISPOSITIF', 'Dispo'],
  amount: ['Montant HT', 'MONTANT HT', 'Mt HT', 'Montant HT (€)', 'Montant  HT'],
  label: ['Libellé', 'Intitulé', 'Raison sociale'],
  town: ['Ville', 'Commune'],
  note: ['Observations', 'Commentaire', ''],
};
const SCHEMES = ['DIF', 'dif', 'Période de professionnalisation', 'PERIODE DE PROFESSIONNALISATION'];
const LABELS = [
  'Formation',
  'Œuvre & Cie',
  'Été "Excel" niveau 1',
  "L'Oréal",
  'A;B',
  'A, B',
  'x\ty',
  'a|b',
  'Total Énergies',
  '5" de haut',
  '=1+1',
  '- tiret',
  'ligne\nsuivante',
  'a\r\nb',
  '',
  '100,00',
  '1.234',
];
const AMBIGUOUS = ['1.234', '1,234', '12,500', '999.000'];
const NO_AMOUNT = ['n/c', '', '-', '12,3,4', '1 23,45', '50 %', '1,5 k€', '10 $', '#N/A', '12:30', '0.12.3', '1e3'];
const NO_DAY = ['31/02/2012', '2012-02-31', 'mars 2012', '32/01/2012', '', '15/13/2012', '2012', '00/00/0000'];

function habitsOf(dice: Dice, decimal: ',' | '.' | 'auto'): Habits {
  const mark = decimal === 'auto' ? dice.of([',', '.'] as const) : decimal;
  return {
    mark,
    group: dice.of(['', '', ' ', '\u00a0', '\u202f', "'", mark === ',' ? '.' : ',']),
    euro: dice.of(['', '', ' €', '\u00a0€', ' EUR', '€', ' euros']),
    minus: dice.of(['-', '()', 'behind', '\u2212', '- ']),
    short: dice.chance(0.2),
    date: dice.of(['d/m/y', 'd-m-y', 'd.m.y', 'y-m-d', 'y/m/d', 'd/m/yy', 'd/m/y h', 'D/M/y', 'y-m-dTh']),
    siret: dice.of(['plain', 'plain', 'spaced', 'nbsp', 'dotted', 'formula', 'apostrophe', 'unseen', 'float']),
    quote: dice.of(['needed', 'needed', 'all', 'some']),
  };
}

function amountText(cents: number, { mark, group, euro, minus, short }: Habits): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  const euros = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, group);
  let fraction = digits.slice(-2);
  if (short) fraction = fraction.replace(/0+$/, '');
  const plain = fraction === '' ? euros : `${euros}${mark}${fraction}`;
  // `1.234` without cents is one or a thousand; who writes so writes cents.
  const text = fraction === '' && /^\d{1,3}[.,]\d{3}$/.test(euros) ? `${euros}${mark}00` : plain;
  if (cents >= 0) return text + euro;
  if (minus === '()') return `(${text})${euro}`;
  return minus === 'behind' ? `${text}-${euro}` : `${minus}${text}${euro}`;
}

function dayText(day: string, { date }: Habits): string {
  const [y = '', m = '', d = ''] = day.split('-');
  switch (date) {
    case 'd-m-y':
      return `${d}-${m}-${y}`;
    case 'd.m.y':
      return `${d}.${m}.${y}`;
    case 'y-m-d':
      return day;
    case 'y/m/d':
      return `${y}/${m}/${d}`;
    case 'd/m/yy':
      return Number(d) > 12 ? `${d}/${m}/${y.slice(2)}` : `${d}/${m}/${y}`;
    case 'd/m/y h':
      return `${d}/${m}/${y} 00:00:00`;
    case 'D/M/y':
      return `${Number(d)}/${Number(m)}/${y}`;
    case 'y-m-dTh':
      return `${day}T10:30:00`;
    default:
      return `${d}/${m}/${y}`;
  }
}

function siretText(siret: string, { siret: how }: Habits): string {
  const [a, b, c, d] = [siret.slice(0, 3), siret.slice(3, 6), siret.slice(6, 9), siret.slice(9)];
  switch (how) {
    case 'spaced':
      return `${a} ${b} ${c} ${d}`;
    case 'nbsp':
      return `${a}\u00a0${b}\u00a0${c} ${d}`;
    case 'dotted':
      return `${a}.${b}.${c}.${d}`;
    case 'formula':
      return `="${siret}"`;
    case 'apostrophe':
      return `'${siret}`;
    case 'unseen':
      return `${siret}\u200b`;
    case 'float':
      return `${siret}.0`;
    default:
      return siret;
  }
}

/** Part of the tables that are written as a workbook; each is read by a thread of its own. */
const WORKBOOKS = 0.02;

const FIELDS = ['reference', 'siret', 'paidOn', 'scheme', 'amount'] as const;
type Cells = Record<string, string>;

/** A table of some lines, drawn from the dice; `forms` are those that it may have, of any where none is said. */
export function randomTable(dice: Dice, forms?: readonly WrittenTable['form'][]): WrittenTable {
  const decimal = dice.of([',', '.', 'auto'] as const);
  const habits = habitsOf(dice, decimal);
  const delimiter = dice.of([';', ';', ',', '\t', '|']);
  const lineEnd = dice.of(['\n', '\r\n', '\r\n', '\r']);
  const extra = dice.shuffled(['label', 'town', 'note']).slice(0, dice.below(4));
  const order = dice.shuffled([...FIELDS, ...extra]);
  const headings = Object.fromEntries(order.map((field) => [field, dice.of(HEADINGS[field] ?? [''])]));
  const rows: { cells: string[]; meant?: Meant }[] = [];
  const put = (cells: Cells, meant?: Meant) =>
    rows.push({ cells: order.map((field) => cells[field] ?? ''), ...(meant ? { meant } : {}) });
  if (dice.chance(0.15)) rows.push({ cells: ['Dépenses de formation 2012', ...(dice.chance(0.5) ? [''] : [])] });
  put(headings);
  const tally = { all: 0, group: 0, unread: 0, lines: 0, agreeing: 0, differing: 0 };
  const count = 1 + dice.below(14);
  for (let n = 0; n < count; n++) {
    const { cells, meant } = randomLine(dice, habits, n);
    put(cells, meant);
    if (typeof meant.outcome === 'string' || !meant.outcome.some((code) => code.startsWith('amount_'))) {
      tally.all += meant.cents;
      tally.group += meant.cents;
    } else tally.unread++;
    if (dice.chance(0.04)) put(headings);
    if (dice.chance(0.06)) total(dice, habits, put, tally, 'group');
  }
  if (dice.chance(0.25)) total(dice, habits, put, tally, 'all');
  const written = rows.map(({ cells }) => cells.map((cell) => quoted(dice, cell, delimiter, habits)));
  const rowsOfText = written.map((cells) => cells.join(delimiter));
  const form = forms ? dice.of(forms) : dice.chance(WORKBOOKS) ? dice.of(['xlsx', 'ods'] as const) : 'text';
  const encoded =
    form === 'text' ? encode(dice, rowsOfText, lineEnd) : { bytes: workbook(dice, form, rows, order), spans: [] };
  return {
    form,
    ...encoded,
    lines: rows.flatMap(({ meant }) => (meant ? [meant] : [])),
    rows: rows.map(({ cells }) => cells),
    decimal,
    delimiter,
    lineEnd,
    agreeing: tally.agreeing,
    differing: tally.differing,
    cents: tally.all,
  };
}

function randomLine(dice: Dice, habits: Habits, n: number): { cells: Cells; meant: Meant } {
  const siret = siretOf(dice);
  const paidOn = new Date(Date.UTC(2008, 0, 1 + dice.below(2500))).toISOString().slice(0, 10);
  const size = dice.of([100, 100_000, 100_000, 10_000_000, 99_999_999_99]);
  const cents = dice.below(size) * (dice.chance(0.12) ? -1 : 1);
  const reference = dice.of([`R${n}`, `2012/${n}`, `DÉ-${n}`, `A.${n}`, `00${n}-x`, `${n} bis`]);
  const cells: Cells = {
    reference,
    siret: siretText(siret, habits),
    paidOn: dayText(paidOn, habits),
    scheme: dice.of(SCHEMES),
    amount: amountText(cents, habits),
    label: dice.of(LABELS),
    town: dice.of(['Lille', 'Saint-Omer', "Villeneuve-d'Ascq", 'Béthune', '']),
    note: dice.of(['', '', 'ok', 'vu le 3/4', '10']),
  };
  let outcome: Outcome = 'taken';
  const flaw = dice.chance(0.18) ? dice.below(7) : -1;
  if (flaw === 0) {
    cells['siret'] = siret.slice(0, -1) + ((Number(siret.at(-1)) + 1) % 10);
    outcome = ['siret_invalid'];
  } else if (flaw === 1) {
    cells['siret'] = `${siret[0]},${siret.slice(1, 6)}E+13`;
    outcome = ['siret_digits_lost'];
  } else if (flaw === 2) {
    cells['amount'] = dice.of(NO_AMOUNT);
    outcome = ['amount_unreadable', 'amount_split'];
  } else if (flaw === 3) {
    cells['amount'] = dice.of(AMBIGUOUS);
    // Beside a label that is an amount as well, its line may be told to be one column off.
    outcome = ['amount_ambiguous', 'amount_unreadable', 'cells_count'];
  } else if (flaw === 4) {
    cells['paidOn'] = dice.of(NO_DAY);
    outcome = ['date_unreadable'];
  } else if (flaw === 5) {
    cells['scheme'] = dice.of(['???', 'CIF', 'Dif 2']);
    outcome = ['scheme_unknown'];
  } else if (flaw === 6) {
    cells['reference'] = dice.of(['', 'idem', '-', '#N/A']);
    outcome = ['missing', 'reference_unreadable'];
  }
  return {
    cells,
    meant: {
      reference: reference.replaceAll('/', '\u2215'),
      siret,
      paidOn,
      cents,
      outcome,
      ...(cells['label'] === 'Total Énergies' ? { mayDoubt: true } : {}),
    },
  };
}

function total(
  dice: Dice,
  habits: Habits,
  put: (cells: Cells, meant: Meant) => void,
  tally: { all: number; group: number; unread: number; agreeing: number; differing: number },
  of: 'all' | 'group',
): void {
  const off = dice.chance(0.2) ? dice.of([1, -1, 100]) : 0;
  const cents = tally[of] + off;
  if (Math.abs(cents) > 99_999_999_99) return;
  const siret = dice.chance(0.3) ? '55208131706650' : '';
  const name =
    of === 'all'
      ? dice.of(['TOTAL', 'Total général', 'Grand Total', 'Somme'])
      : dice.of(['Sous-total', 'S/Total', 'R1 Total']);
  const amount = amountText(cents, habits);
  put({ reference: name, siret, amount }, { reference: name, siret, paidOn: '', cents, outcome: 'total' });
  tally.group = 0;
  if (off === 0) tally.agreeing++;
  else tally.differing++;
}

function quoted(dice: Dice, cell: string, delimiter: string, { quote }: Habits): string {
  const must = /[\r\n]/.test(cell) || cell.includes(delimiter) || cell.startsWith('"');
  if (must || quote === 'all' || (quote === 'some' && dice.chance(0.4))) return `"${cell.replaceAll('"', '""')}"`;
  return cell;
}

const ENCODINGS = [
  'utf-8',
  'utf-8',
  'utf-8-bom',
  'windows-1252',
  'windows-1252',
  'iso-8859-15',
  'utf-16le',
  'utf-16be',
  'mixed',
];

function encode(dice: Dice, rows: readonly string[], lineEnd: string): Pick<WrittenTable, 'bytes' | 'spans'> {
  const encoding = dice.of(ENCODINGS);
  // Some signs are in Unicode alone; other programs write what comes nearest.
  const plain = encoding.startsWith('utf')
    ? (text: string) => text
    : (text: string) =>
        text.normalize('NFC').replaceAll('\u202f', '\u00a0').replaceAll('\u200b', '').replaceAll('\u2212', '-');
  const name = encoding === 'utf-8-bom' || encoding === 'mixed' ? 'utf-8' : encoding;
  const pieces: Buffer[] = [];
  const spans: { from: number; until: number }[] = [];
  let at = 0;
  const bom =
    encoding === 'utf-8-bom' || encoding.startsWith('utf-16') ? iconv.encode('\ufeff', name) : Buffer.alloc(0);
  pieces.push(bom);
  at += bom.length;
  const ends = dice.chance(0.08) ? ['\n', '\r\n'] : [lineEnd];
  for (const [i, row] of rows.entries()) {
    const last = i === rows.length - 1 && dice.chance(0.3);
    const text = plain(row) + (last ? '' : dice.of(ends));
    const stray = encoding === 'mixed' && i > 0 && dice.chance(0.2) ? 'windows-1252' : name;
    const bytes = iconv.encode(text, stray);
    spans.push({ from: at, until: at + bytes.length });
    pieces.push(bytes);
    at += bytes.length;
  }
  return { bytes: Buffer.concat(pieces), spans };
}
