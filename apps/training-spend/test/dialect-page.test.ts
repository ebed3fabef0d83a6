import { readFileSync, writeFileSync } from 'node:fs';
import { apiDocument } from '@gpect/contracts/api-documents';
import { expect, test } from '@jest/globals';

/**
 * What a dialect may say beside its columns and schemes, as the page for funders lists it: its keys, values and usual values are
 * those of the contract. `UPDATE_MESSAGES=1 npm test -w apps/training-spend -- test/dialect-page.test.ts` writes it.
 */
const PAGE = new URL('../../../docs/partners/envoyer-ses-depenses.md', import.meta.url);

interface Property {
  readonly enum?: readonly (string | number)[];
  readonly items?: { readonly enum?: readonly string[] };
  readonly additionalProperties?: { readonly enum?: readonly string[] };
  readonly default?: unknown;
}
const { components } = apiDocument('training-spend') as unknown as {
  components: { schemas: { Dialect: { properties: Record<string, Property> } } };
};
/** Its columns and schemes stand in the example above the table. */
const { columns: _columns, schemes: _schemes, ...PROPERTIES } = components.schemas.Dialect.properties;

/** An example of each, and what it says. */
const SAYS: Readonly<Record<string, readonly [example: unknown, says: string]>> = {
  name: ['Opca A', 'votre nom'],
  organisation: ['opca-a', 'votre code au registre des organismes (`GET /schemes`)'],
  encoding: ['macintosh', 'l’encodage ; déclaré, il est vérifié'],
  delimiter: [';', 'ce qui sépare les cellules ; déclaré, il est vérifié'],
  decimal: [',', 'le signe devant les centimes'],
  dates: [['french'], 'comment s’écrivent les jours ; `french` et `american` s’excluent'],
  leadingZerosLost: [
    true,
    'un tableur a perdu les zéros de tête des SIRET : ils sont rétablis où les deux clés sont justes',
  ],
  key: [['reference', 'paidOn'], 'les champs qui, ensemble, désignent une ligne une fois pour toutes'],
  sheets: [['Février'], 'les feuilles à lire'],
  unit: ['kEUR', 'l’unité des montants ; un fichier qui en nomme une autre est refusé'],
  decimals: [2, 'combien de décimales ont les montants : avec 2, `1,500` est mille cinq cents ; avec 3, un et demi'],
  totals: [['Bilan du mois'], 'le nom de vos lignes de total'],
  statuses: [{ Clos: 'paid', Rejeté: 'unpaid' }, 'ce que vos mots d’état disent d’une ligne'],
  operations: [{ Annulation: 'cancel' }, 'ce que vos mots d’opération font'],
  differing: [
    'correct',
    'ce que veut dire une ligne de même clé et d’un autre contenu : refusée, ou elle corrige la première',
  ],
};

const code = (value: unknown) => {
  const text =
    typeof value === 'object' ? JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ') : JSON.stringify(value);
  return `\`${text.replace(/([[{]) | ([\]}])/g, '$1$2').replaceAll('|', '\\|')}\``;
};

function table(): string {
  const rows = Object.entries(PROPERTIES).map(([key, property]) => {
    const [example, says] = SAYS[key] ?? ['', ''];
    const values = property.enum ?? property.items?.enum ?? property.additionalProperties?.enum ?? [];
    const usual = property.default === undefined ? '' : code(property.default);
    return `| \`${key}\` | ${code(example)} | ${says} | ${values.map(code).join(' ')} | ${usual} |`;
  });
  return ['| clé | exemple | ce qu’elle dit | valeurs | sans elle |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

test('each key that a dialect may have is explained to funders, and none that it has not', () => {
  expect(Object.keys(SAYS).sort()).toEqual(Object.keys(PROPERTIES).sort());
});

test('the page for funders lists what the contract takes', () => {
  const page = readFileSync(PAGE, 'utf8');
  const [, before = '', , after = ''] =
    /^(.*\nUn dialecte peut dire de plus[^\n]*\n\n)(.*?)(\n\n.*)$/su.exec(page) ?? [];
  const right = before + table() + after;
  if (process.env['UPDATE_MESSAGES']) writeFileSync(PAGE, right);
  expect(readFileSync(PAGE, 'utf8')).toBe(right);
});
