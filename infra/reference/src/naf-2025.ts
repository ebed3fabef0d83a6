import { NAF, type Naf2025 } from '@gpect/reference-data/naf';
import { NotTheFile } from './rows.js';

const SUBCLASS = /^\d{2}\.\d{2}[A-Z]$/;
/** So many subclasses INSEE says that NAF 2025 has, and relations its table of January 2026; another edition may mend some. */
const SAID_TO_HAVE = { subclasses: 747, relations: 1223 };

const isRev2 = (cell: string) => NAF.nomenclatureOf(cell) === 'NAF_REV2';
const is2025 = (cell: string) => SUBCLASS.test(cell) && !isRev2(cell);

/**
 * NAF 2025 out of INSEE's two workbooks, whatever their sheets and headings: of the structure, each line that has one subclass
 * and a text right of it; of the table of correspondence, each line that has a subclass of NAF rev. 2 and one of NAF 2025.
 */
export function naf2025Of(
  structure: readonly string[][],
  correspondence: readonly string[][],
): Pick<Naf2025, 'subclasses' | 'passage'> {
  const subclasses = new Map<string, string>();
  for (const row of structure) {
    const at = row.findIndex(is2025);
    const label = row.slice(at + 1).find((cell) => cell !== '');
    if (at >= 0 && label) subclasses.set(row[at] as string, label);
  }
  if (subclasses.size === 0)
    throw new NotTheFile('the structure names no subclass of NAF 2025 (as 01.11Y) with its label');

  const pairs = new Map<string, { from: string; to: string }>();
  for (const row of correspondence) {
    const [from, to] = [row.find(isRev2), row.find(is2025)];
    if (!from || !to) continue;
    if (!subclasses.has(to)) throw new NotTheFile(`the correspondence names ${to}, which the structure does not have`);
    pairs.set(`${from} ${to}`, { from, to });
  }
  if (pairs.size === 0)
    throw new NotTheFile('the correspondence has no line with a subclass of NAF rev. 2 and one of NAF 2025');
  const targets = new Map<string, number>();
  for (const { from } of pairs.values()) targets.set(from, (targets.get(from) ?? 0) + 1);
  return {
    subclasses: Object.fromEntries([...subclasses].sort()),
    passage: [...pairs.values()].map((pair) => ({ ...pair, whole: targets.get(pair.from) === 1 })),
  };
}

/** What who loads it is told: how much was read, and what is missing of what INSEE announces. */
export function saidOfNaf2025({ subclasses, passage }: Pick<Naf2025, 'subclasses' | 'passage'>): string {
  const [codes, reached] = [Object.keys(subclasses), new Set(passage.map(({ to }) => to))];
  const alone = codes.filter((code) => !reached.has(code));
  return [
    `${codes.length} sous-classes de la NAF 2025 (l'Insee en annonce ${SAID_TO_HAVE.subclasses})`,
    `${passage.length} passages (${SAID_TO_HAVE.relations} dans la table de janvier 2026) depuis ${new Set(passage.map(({ from }) => from)).size} sous-classes de la NAF rév. 2`,
    ...(alone.length > 0 ? [`sans antécédent dans la table : ${alone.join(', ')}`] : []),
  ].join('\n');
}
