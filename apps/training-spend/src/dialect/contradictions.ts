import type { components } from '@gpect/contracts/generated/api-training-spend';
import { organisationOf } from '@gpect/reference-data/organisations';
import { schemeOf } from '@gpect/reference-data/schemes';
import { type Message, type Params, type Said, said } from '@gpect/tabular-files/messages';
import { nameKey } from '@gpect/tabular-files/name-key';

type WrittenDialect = components['schemas']['Dialect'];

/** What no schema can say of a dialect, in the words of whoever writes one. */
export const CONTRADICTIONS = {
  dates: {
    fr: [
      'les dates "french" et "american" ne se distinguent pas (03/04/2012)',
      'ne déclarez que l’une des deux dans "dates"',
    ],
    en: ['french and american days cannot be told apart (03/04/2012)', 'declare one of them'],
  },
  scheme: {
    fr: [
      '{code} (pour «\u00a0{label}\u00a0») n’est pas un dispositif du registre',
      'prenez son code dans GET /schemes',
    ],
    en: ['{code} (for "{label}") is no scheme of the register', 'see GET /schemes'],
  },
  organisation: {
    fr: ['{code} n’est pas du registre des organismes', 'prenez son code dans GET /schemes'],
    en: ['{code} is not in the register of organisations', 'see GET /schemes'],
  },
  no_letters: {
    fr: ['«\u00a0{label}\u00a0» n’a ni lettre ni chiffre, aucune cellule ne peut lui être comparée', 'retirez-le'],
    en: ['"{label}" has neither letters nor digits, no cell can be compared with it', 'take it out'],
  },
  two_meanings: {
    fr: ['«\u00a0{label}\u00a0» a deux sens (casse, accents et ponctuation ne comptent pas)', 'ne lui en donnez qu’un'],
    en: ['"{label}" is given two meanings (case, accents and punctuation do not count)', 'give it one'],
  },
  no_operation_column: {
    fr: [
      'des opérations sont nommées, et aucune colonne ne dit laquelle est celle d’une ligne',
      'nommez-la dans "columns" ("operation")',
    ],
    en: ['operations are named and no column says which one a line is', 'name it in "columns" ("operation")'],
  },
} as const satisfies Record<string, Message>;

/** The field of a dialect that contradicts the rest or the registers. */
export interface Contradiction {
  readonly field: 'dates' | 'schemes' | 'organisation' | 'operations' | 'statuses' | 'columns';
  readonly said: Said;
}

export function contradictionOf(dialect: WrittenDialect): Contradiction | undefined {
  const { dates = [], schemes, operations = {}, columns, organisation } = dialect;
  if (dates.includes('french') && dates.includes('american')) return contradiction('dates', 'dates');
  for (const [label, code] of Object.entries(schemes))
    if (!schemeOf(code)) return contradiction('schemes', 'scheme', { code, label });
  if (organisation !== undefined && !organisationOf(organisation))
    return contradiction('organisation', 'organisation', { code: organisation });
  for (const field of ['schemes', 'operations', 'statuses'] as const) {
    const found = ofLabels(field, dialect[field] ?? {});
    if (found) return found;
  }
  if (Object.keys(operations).length > 0 && !columns.operation) return contradiction('columns', 'no_operation_column');
  return undefined;
}

/** A label that no cell can bear, or that bears two meanings. */
function ofLabels(field: Contradiction['field'], labels: Readonly<Record<string, string>>): Contradiction | undefined {
  const seen = new Map<string, string>();
  for (const [label, meaning] of Object.entries(labels)) {
    const name = nameKey(label);
    if (name === '') return contradiction(field, 'no_letters', { label });
    if ((seen.get(name) ?? meaning) !== meaning) return contradiction(field, 'two_meanings', { label });
    seen.set(name, meaning);
  }
  return undefined;
}

function contradiction(
  field: Contradiction['field'],
  key: keyof typeof CONTRADICTIONS,
  params: Params = {},
): Contradiction {
  return { field, said: said(CONTRADICTIONS[key], params) };
}
