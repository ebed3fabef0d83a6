import { describe, expect, test } from '@jest/globals';
import { dialectOf } from '../dialect/dialects.js';
import { readLine } from './read-line.js';
import { spendLine } from './spend-line.js';

const origin = { programme: 'p', file: 'f.csv', line: 2 };
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

function read(funder: string, cells: Record<string, string>) {
  const dialect = dialectOf(funder);
  if (!dialect) throw new Error(funder);
  return readLine(cells, dialect, origin);
}
function outcome(funder: string, cells: Record<string, string>) {
  const line = read(funder, cells);
  if (!line.ok) return `${line.fault.reason} in ${line.fault.column}`;
  const result = line.value.run(null);
  return result.ok ? result.value.events[0]?.data : result.fault.code;
}

describe('the three dialects of the sample', () => {
  test.each([
    [
      'opca-a',
      a,
      {
        reference: 'A1',
        siret: '00001003300025',
        paidOn: '2007-12-24',
        scheme: 'PLAN',
        amountCents: 247280,
        hours: 11,
        trainees: 11,
      },
    ],
    [
      'opca-b',
      b,
      { reference: 'B1', siret: '00001002500013', paidOn: '2007-11-04', scheme: 'CONTRAT_PRO', amountCents: 153807 },
    ],
    [
      'opca-c',
      c,
      { reference: 'C1', siret: '00001004100036', paidOn: '2007-10-23', scheme: 'CONTRAT_PRO', amountCents: 28060 },
    ],
  ])('%s', (funder, cells, expected) => {
    expect(outcome(funder, cells)).toMatchObject(expected);
  });
  test.each([
    ['opca-a', { ...a, SIRET: '000 010 033 00026' }, 'siret_invalid in SIRET'],
    ['opca-b', { ...b, 'Siret adhérent': '1,00E+09' }, 'siret_digits_lost in Siret adhérent'],
    ['opca-a', { ...a, SIRET: '1003300025' }, 'siret_invalid in SIRET'],
    ['opca-a', { ...a, 'Montant HT': 'n/c' }, 'amount_unreadable in Montant HT'],
    ['opca-b', { ...b, Date: '31/02/2007' }, 'date_unreadable in Date'],
    ['opca-c', { ...c, scheme: '???' }, 'scheme_unknown in scheme'],
    ['opca-c', { ...c, scheme: 'constructor' }, 'scheme_unknown in scheme'],
    ['opca-c', { ...c, operation: 'MODIFICATION' }, 'operation_unknown in operation'],
    ['opca-c', { ...c, operation: 'ANNULATION' }, 'cancellation_without_original'],
    ['opca-c', { ...c, ref: ' ' }, 'missing in ref'],
  ])('%s refuses, with one reason and its column: %#', (funder, cells, expected) => {
    expect(outcome(funder, cells)).toBe(expected);
  });
});

describe('a line', () => {
  const command = (cells: Record<string, string>) => {
    const line = read('opca-c', cells);
    if (!line.ok) throw new Error(line.fault.reason);
    return line.value;
  };
  const after = (...lines: Record<string, string>[]) => {
    let state: unknown = null;
    return lines.map((cells) => {
      const result = command(cells).run(state);
      if (!result.ok) return result.fault.code;
      state = result.value.state;
      return result.value.events.map((e) => e.type.split('.').at(-2)).join() || 'repeated';
    });
  };
  const cancelled = { ...c, operation: 'ANNULATION' };
  test('is recorded once, taken back once, and stays taken back', () => {
    expect(after(c, c, cancelled, cancelled, c)).toEqual([
      'spend-recorded',
      'repeated',
      'spend-cancelled',
      'repeated',
      'repeated',
    ]);
  });
  test('with the reference of another is refused', () => {
    expect(after(c, { ...c, amount_ht: '280.61' }, { ...cancelled, amount_ht: '1.00' })).toEqual([
      'spend-recorded',
      'reference_differs',
      'cancellation_differs',
    ]);
    expect(spendLine.initial).toBeNull();
  });
});
