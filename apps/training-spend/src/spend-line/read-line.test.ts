import type { Cell } from '@gpect/tabular-files/table';
import { describe, expect, test } from '@jest/globals';
import { bindColumns } from '../dialect/bind-columns.js';
import { completed, type WrittenDialect } from '../dialect/dialect.js';
import { shippedDialects } from '../dialect/dialects.js';
import { LineReader } from './read-line.js';

const shipped = new Map(shippedDialects().map(({ funder, dialect }) => [funder, completed(dialect)]));
const TODAY = '2026-11-23';

function read(dialect: string | WrittenDialect, cells: Readonly<Record<string, Cell>>, format: 'csv' | 'xlsx' = 'csv') {
  const whole = typeof dialect === 'string' ? shipped.get(dialect) : completed(dialect);
  if (!whole) throw new Error(`${String(dialect)} is not shipped`);
  const binding = bindColumns([{ line: 1, cells: Object.keys(cells) }], whole);
  if (!binding.ok) throw new Error(binding.fault.said.en);
  return new LineReader(whole, binding.value, { format }, TODAY).read({ line: 2, cells: Object.values(cells) });
}
function outcome(dialect: string | WrittenDialect, cells: Readonly<Record<string, Cell>>, format?: 'xlsx') {
  const { result } = read(dialect, cells, format);
  return result.ok ? result.value : `${result.fault.reason} in ${result.fault.column}`;
}

const a = {
  Référence: 'A1',
  SIRET: '000 010 033 00025',
  'Date de paiement': '24/12/2007',
  Dispositif: 'Plan de formation',
  Heures: '11',
  Stagiaires: '11',
  'Montant HT': '2472,80',
};
const b = {
  'N° dossier': 'B1',
  'Siret adhérent': '1002500013',
  Date: '04/11/2007',
  "Type d'action": 'CONTRAT PRO',
  'Nb heures': '118',
  'Nb stagiaires': '7',
  'Coût pris en charge': '1\u00a0538,07 €',
};
const c = {
  ref: 'C1',
  siret: '00001004100036',
  paid_on: '2007-10-23',
  scheme: 'contrat_pro',
  hours: '75',
  trainees: '2',
  amount_ht: '280.60',
  operation: 'CREATION',
};

describe('text that no endpoint takes is refused at its column, whatever the format', () => {
  test.each([
    ['U+0000', 'A1\u0000'],
    ['half a surrogate pair', 'A1\ud800'],
    ['a control character', 'A\u00071'],
    ['a noncharacter', 'A1\uffff'],
  ])('%s', (_what, reference) => {
    for (const format of ['csv', 'xlsx'] as const) {
      const { result } = read('opca-a', { ...a, Référence: reference }, format);
      expect(result).toMatchObject({ ok: false, fault: { reason: 'text_unfit', column: 'Référence' } });
      const { value = '', said } = result.ok ? { said: { fr: '' } } : result.fault;
      expect(value).toMatch(/^[ -~]+$/);
      expect(said.fr).toMatch(/^le caractère \d de la cellule est U\+[0-9A-F]{4}/);
    }
  });
  test('a reference with letters of any script, or an emoji, is one', () => {
    expect(outcome('opca-a', { ...a, Référence: 'É名-1😀' })).toMatchObject({ reference: 'É名-1😀' });
  });
});

describe('the three dialects of the sample', () => {
  test.each([
    [
      'opca-a',
      a,
      { siret: '00001003300025', paidOn: '2007-12-24', scheme: 'PLAN', amountCents: 247280, hours: 11, trainees: 11 },
    ],
    [
      'opca-b',
      b,
      {
        siret: '00001002500013',
        siretRestored: true,
        paidOn: '2007-11-04',
        scheme: 'CONTRAT_PRO',
        amountCents: 153807,
      },
    ],
    ['opca-c', c, { siret: '00001004100036', paidOn: '2007-10-23', scheme: 'CONTRAT_PRO', amountCents: 28060 }],
  ])('%s', (funder, cells, content) => {
    expect(outcome(funder, cells)).toMatchObject({ kind: 'record', content });
  });
  test.each([
    ['opca-a', { ...a, SIRET: '000 010 033 00026' }, 'siret_invalid in SIRET'],
    ['opca-a', { ...a, SIRET: '' }, 'siret_missing in SIRET'],
    ['opca-b', { ...b, 'Siret adhérent': '1,00E+09' }, 'siret_digits_lost in Siret adhérent'],
    ['opca-a', { ...a, SIRET: '732 829 320' }, 'siren_given in SIRET'],
    ['opca-a', { ...a, SIRET: '1003300025' }, 'siret_invalid in SIRET'],
    ['opca-a', { ...a, 'Montant HT': 'n/c' }, 'amount_unreadable in Montant HT'],
    ['opca-a', { ...a, 'Montant HT': '1.234' }, 'amount_ambiguous in Montant HT'],
    ['opca-b', { ...b, Date: '31/02/2007' }, 'date_unreadable in Date'],
    ['opca-b', { ...b, Date: '31/12/2026' }, 'date_in_future in Date'],
    ['opca-c', { ...c, scheme: '???' }, 'scheme_unknown in scheme'],
    ['opca-c', { ...c, scheme: 'constructor' }, 'scheme_unknown in scheme'],
    ['opca-c', { ...c, paid_on: '2003-01-01' }, 'scheme_not_in_force in paid_on'],
    ['opca-c', { ...c, operation: 'MODIFICATION' }, 'operation_unknown in operation'],
    ['opca-c', { ...c, hours: 'many' }, 'hours_unreadable in hours'],
    ['opca-c', { ...c, trainees: '1.5' }, 'trainees_unreadable in trainees'],
    ['opca-c', { ...c, trainees: '1.000' }, 'trainees_unreadable in trainees'],
    ['opca-c', { ...c, trainees: '1,000' }, 'trainees_unreadable in trainees'],
    ['opca-c', { ...c, ref: ' ' }, 'missing in ref'],
    ['opca-c', { ...c, ref: 'x'.repeat(121) }, 'reference_unreadable in ref'],
  ])('%s refuses, with one reason and its column: %#', (funder, cells, expected) => {
    expect(outcome(funder, cells)).toBe(expected);
  });
  test('the amount of a refused line is known, so that totals hold', () => {
    expect(read('opca-a', { ...a, SIRET: 'x' }).amountCents).toBe(247280);
    expect(read('opca-a', { ...a, 'Montant HT': 'x' }).amountCents).toBeUndefined();
  });
});

test('a line of CSV with too few or too many cells is refused; a sheet leaves blank cells out', () => {
  const dialect = shipped.get('opca-c');
  const binding = dialect && bindColumns([{ line: 1, cells: Object.keys(c) }], dialect);
  if (!dialect || !binding?.ok) throw new Error('opca-c binds');
  const reason = (cells: string[], format: 'csv' | 'xlsx') => {
    const { result } = new LineReader(dialect, binding.value, { format }, TODAY).read({ line: 2, cells });
    return result.ok ? 'read' : result.fault.reason;
  };
  const cells = Object.values(c);
  expect(reason(cells.slice(0, -1), 'csv')).toBe('cells_count');
  expect(reason([...cells, ''], 'csv')).toBe('read');
  expect(reason([...cells, '25'], 'csv')).toBe('cells_count');
  expect(reason([...cells.slice(0, -1), ''], 'xlsx')).toBe('operation_unknown');
});

describe('cells of a spreadsheet', () => {
  const number = (value: string) => ({ number: value });
  test('are what they are: numbers have a point, days are days, and a number has lost the zeros of a SIRET', () => {
    const cells = {
      ...a,
      SIRET: number('1003300025'),
      'Montant HT': number('2472.8'),
      'Date de paiement': { date: '2007-12-24' },
    };
    expect(outcome('opca-a', cells, 'xlsx')).toMatchObject({
      content: { siret: '00001003300025', siretRestored: true, amountCents: 247280, paidOn: '2007-12-24' },
    });
  });
  test('an amount with more than two decimals is refused', () => {
    expect(outcome('opca-a', { ...a, 'Montant HT': number('2472.805') }, 'xlsx')).toBe(
      'amount_unreadable in Montant HT',
    );
  });
});

describe('a dialect of its own', () => {
  const dialect: WrittenDialect = {
    dates: ['excel', 'french'],
    key: ['reference', 'siret'],
    columns: {
      reference: ['Dossier'],
      siret: ['SIRET'],
      paidOn: ['Payé le'],
      scheme: ['Dispositif'],
      amount: ['Montant'],
      operation: ['Mouvement'],
    },
    schemes: { 'C.P.F.': 'CPF' },
    operations: { Rectification: 'correct', Création: 'record' },
  };
  const cells = {
    Dossier: '17',
    SIRET: '00001002500013',
    'Payé le': '42370',
    Dispositif: 'cpf',
    Montant: '12.5',
    Mouvement: 'RECTIFICATION',
  };
  test('has serials, a key of two columns, labels in any writing', () => {
    expect(outcome(dialect, cells)).toEqual({
      reference: '17|00001002500013',
      kind: 'correct',
      content: { siret: '00001002500013', paidOn: '2016-01-01', scheme: 'CPF', amountCents: 1250 },
    });
  });
  test('a scheme is refused before it was in force', () => {
    expect(outcome(dialect, { ...cells, 'Payé le': '31/12/2014' })).toBe('scheme_not_in_force in Payé le');
  });
});

test('a reference with a slash is known under a sign that looks like one; a line that is called a total is set aside', () => {
  expect(outcome('opca-c', { ...c, ref: '2012/00345' })).toMatchObject({ reference: '2012\u221500345' });
  for (const ref of ['Sous-total', 'TOTAL 2012', 'S/Total :', 'Total général', 'Cumul', 'sous total 55208131706650'])
    expect(outcome('opca-c', { ...c, ref })).toBe('total in ref');
  for (const ref of ['TOTAL-2012', 'Totalis', 'T1', 'Somme/12'])
    expect(outcome('opca-c', { ...c, ref })).toMatchObject({ kind: 'record' });
});
