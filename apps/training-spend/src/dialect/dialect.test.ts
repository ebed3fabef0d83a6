import { apiDocument } from '@gpect/contracts/api-documents';
import { textOf } from '@gpect/tabular-files/table';
import { describe, expect, test } from '@jest/globals';
import { proposeDialect } from '../preview/propose-dialect.js';
import { bindColumns } from './bind-columns.js';
import { completed, dialects, type WrittenDialect } from './dialect.js';
import { shippedDialects } from './dialects.js';

const columns = {
  reference: ['Réf.'],
  siret: ['SIRET'],
  paidOn: ['Date'],
  scheme: ['Dispositif'],
  amount: ['Montant HT'],
};
const schemes = { Plan: 'PLAN' };

function publish(dialect: WrittenDialect, versions: WrittenDialect[] = []) {
  const state = { versions: versions.map((d, i) => ({ funder: 'f', version: i + 1, dialect: completed(d) })) };
  const result = dialects.decide({ kind: 'publish', funder: 'f', dialect }, state);
  return result.ok ? result.value.map((e) => (e.data as { version?: number }).version) : result.fault.detail;
}

describe('publishing', () => {
  test('makes the next version; the same again makes none', () => {
    expect(publish({ columns, schemes })).toEqual([1]);
    expect(publish({ columns, schemes }, [{ columns, schemes }])).toEqual([]);
    expect(publish({ columns, schemes, decimal: '.' }, [{ columns, schemes }])).toEqual([2]);
  });
  test.each([
    ['days that cannot be told apart', { dates: ['french', 'american'] }, /cannot be told apart/],
    ['a scheme that the register does not know', { schemes: { Bonus: 'BONUS' } }, /BONUS .* no scheme of the register/],
    ['an organisation that the register does not know', { organisation: 'opco-x' }, /not in the register/],
    ['a label with two meanings', { schemes: { 'D.I.F.': 'DIF', dif: 'PLAN' } }, /two meanings/],
    ['a label without letters', { schemes: { '???': 'DIF' } }, /neither letters nor digits/],
    ['operations without a column', { operations: { Annulation: 'cancel' } }, /no column says which/],
  ] as const)('refuses %s', (_what, part, expected) => {
    expect(publish({ columns, schemes, ...part } as unknown as WrittenDialect)).toMatch(expected);
  });
});

test('the dialects that come with the service can be published and say nothing that their schema does not know', () => {
  const document = apiDocument('training-spend') as unknown as {
    components: { schemas: { Dialect: { properties: object } } };
  };
  const known = Object.keys(document.components.schemas.Dialect.properties);
  expect(shippedDialects().map((d) => d.funder)).toEqual(['opca-a', 'opca-b', 'opca-c']);
  for (const { dialect } of shippedDialects()) {
    expect(publish(dialect)).toEqual([1]);
    expect(Object.keys(dialect).filter((name) => !known.includes(name))).toEqual([]);
  }
});

describe('columns', () => {
  const bind = (...rows: string[][]) => {
    const result = bindColumns(
      rows.map((cells, i) => ({ line: i + 1, cells })),
      completed({ columns, schemes }),
    );
    return result.ok ? { line: result.value.line, at: result.value.at } : result.fault.code;
  };
  test('are found in any order, whatever their case, accents and punctuation, below a title', () => {
    const at = { amount: 0, siret: 2, scheme: 3, paidOn: 4, reference: 5 };
    expect(bind(['Export 2012'], ['MONTANT H.T.', 'Nom', 'siret', 'DISPOSITIF', 'date', 'REF'])).toEqual({
      line: 2,
      at,
    });
  });
  test('are found by a usual abbreviation where the own name is not there', () => {
    expect(bind(['N° dossier', 'N° SIRET', 'Dt règlement', 'Dispo', 'Mt HT'])).toEqual({
      line: 1,
      at: { reference: 0, siret: 1, paidOn: 2, scheme: 3, amount: 4 },
    });
  });
  test('that bear the same name twice are not guessed', () => {
    expect(bind(['Réf', 'SIRET', 'Date', 'Dispositif', 'Montant HT', 'montant ht'])).toBe('columns_ambiguous');
  });
  test('of which two bear a usual name are not guessed either', () => {
    expect(bind(['Réf', 'SIRET', 'Date', 'Dispositif', 'Montant payé', 'Montant versé'])).toBe('columns_missing');
  });
});

describe('a proposal', () => {
  const rows = (...lines: string[][]) => lines.map((cells, i) => ({ line: i + 1, cells }));
  test('names columns by what their headings say, and says which others a person has to name', () => {
    const { dialect, faults } = proposeDialect(
      rows(
        ['Clé', 'Établissement', 'Jour', 'Mesure', 'Montant versé', 'Note'],
        ['17', '1002500013', '24/12/2012', 'DIF', '1 234,50', 'x'],
        ['18', '00001003300025', '25/12/2012', 'Bonus', '12,00', 'y'],
      ),
    );
    expect(dialect).toMatchObject({
      columns: { paidOn: ['Jour'], scheme: ['Mesure'], amount: ['Montant versé'] },
      decimal: ',',
      dates: ['french'],
      schemes: { DIF: 'DIF' },
    });
    expect(faults.map(({ said }) => said.fr.replaceAll('\u00a0', ' '))).toEqual([
      expect.stringContaining('la référence du paiement'),
      expect.stringMatching(/le SIRET de l’entreprise.*« Établissement »/),
      expect.stringContaining('« Bonus »'),
    ]);
  });
  test('prefers day first where both are possible, and month first where only that is', () => {
    const dates = (...days: string[]) =>
      proposeDialect(rows(['ref', 'siret', 'date', 'dispositif', 'montant'], ...days.map((d) => ['1', '', d, '', ''])))
        .dialect.dates;
    expect(dates('03/04/2012', '05/06/2012')).toEqual(['french']);
    expect(dates('03/04/2012', '05/16/2012')).toEqual(['american']);
    expect(dates('2012-05-16')).toEqual(['iso']);
    expect(dates('41000')).toEqual(['excel']);
  });
  test('reads what it was made from', () => {
    const head = rows(
      ['ref', 'siret', 'paid_on', 'scheme', 'amount_ht'],
      ['C1', '00001004100036', '2007-10-23', 'contrat_pro', '280.60'],
    );
    const { dialect, faults } = proposeDialect(head);
    expect([faults, bindColumns(head, dialect).ok, dialect.decimal]).toEqual([[], true, '.']);
    expect(textOf(head[0]?.cells[0])).toBe('ref');
  });
});
