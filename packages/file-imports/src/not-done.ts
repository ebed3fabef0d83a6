import { nameKey } from '@gpect/tabular-files/name-key';
import { isOurs } from '@gpect/tabular-files/our-columns';
import { type Cell, textOf } from '@gpect/tabular-files/table';
import { holdsNames } from '@gpect/tabular-files/total-line';
import {
  isForVoid,
  isOfValid,
  NOT_DENIED,
  NOT_VALID,
  saysNo,
  saysNone,
  TAKEN_BACK,
  undecorated,
} from '@gpect/tabular-files/words-of-status';
import type { ImportBinding } from './bind-import.js';

/** What columns that are not read tell of their line: that it did not happen, or is not to be taken. */

/** It will never be what the line says: taken back, put off to another day, written twice. */
const DONE =
  'annul[ée]e?s?(?!\\s+et\\s+remplace)|rejet[ée]e?s?|refusée?s?|abandonn[ée]e?s?|supprim[ée]e?s?|report[ée]e?s?|d[ée]cal[ée]e?s?|ajourn[ée]e?s?|repouss[ée]e?s?|d[ée]programm[ée]e?s?|d[ée]sistée?s?|erron[ée]e?s?|nulle?(?!\\s+part)|[àa]\\s+(?:supprimer|annuler|reporter|ne\\s+pas)|ne\\s+pas\\s+(?:prendre|compter|saisir|importer)|duplicate|deleted|postponed|doublon(?:\\s+(?:de|du|avec))?';
const VOID = `${DONE}|${TAKEN_BACK}|(?:${NOT_VALID})\\p{L}*|abandon|erreur`;
/** Moved to another day, or replaced by another line; a place and a person may be changed, and the line holds. */
const MOVED =
  "d[ée]plac[ée]e?s?(?:[^\\p{L}\\p{N}]*$|\\s+(?:au|le|du)\\s+(?:\\p{L}+\\s+)?\\d|\\s+[àa]\\s+(?:une\\s+(?:autre|date)|plus\\s+tard))|remplac[ée]e?s?\\s+(?:le|par)\\s+(?:la\\s+|le\\s+|l[’'])?(?:s[ée]ance|session|atelier|ligne|n°)?\\s*[-\\p{L}]{0,6}\\s?[-._/]?\\d";
/** Written by mistake, or twice, and not put right since. */
const MISTAKEN =
  '(?:erreurs?\\s+de\\s+(?:saisie|frappe|ligne|dossier)|(?:double|fausse|mauvaise)\\s+saisie|saisie?s?\\s+(?:en\\s+double|deux\\s+fois|2\\s+fois|par\\s+erreur|[àa]\\s+tort))(?!.*(?:corrig|rectifi|r[ée]gularis|r[ée]solu|repris|exemplaire))';
/** Names of such ends: a remark tells one of its line if it says nothing else, or of what of the line. */
const END = `annulations?|rejets?|refus|abandons?|erreurs?|d[ée]sistements?|reports?|(?:${NOT_VALID})(?:e|s|es|ée?s?)?`;
const VERBS = 'r[ée]alis|ten|effectu|fait|abouti|valid|confirm|ex[ée]cut|retenu|conforme|recevable|maintenu|held|done';
const NOT = `(?:non|pas|jamais|not)[\\s-]+(?:encore[\\s-]+)?(?:[ée]t[ée]\\s+)?(?:(?:${VERBS})\\p{L}*|eu\\s+lieu)`;
/** A later part of a remark that says so and nothing else: `absence du dirigeant, non tenue`. */
const NOT_ALONE = new RegExp(`^(?:n['’](?:a|ont)\\s+|ne\\s+s['’]est\\s+)?(?:${NOT})[.!)]?$`, 'iu');
const PARTS = /\s*[,;(]\s*|\s+[-–—:]\s+|\.\s+/;
/** Nothing came of it; nobody came, which a remark says of its line where it is the firm. */
const FAILED = 'ko|nok';
const NOBODY = '(?:client|entreprise|soci[ée]t[ée])\\s+absente?|personne\\s+sur\\s+place|no[\\s-]?show';
const ABSENT = 'absente?s?(?:\\s+(?:non\\s+)?excus[ée]e?s?)?';
/** Who or what such an end is of. */
const WHOSE =
  'client|salari[ée]|stagiaire|entreprise|soci[ée]t[ée]|dirigeant|consultante?|intervenante?|formateur|formatrice|cabinet';
const WHY = 'tardive|pour|par|faute|cause|suite|sans|le\\s+jour|[àa]\\s+la\\s+demande|(?:de\\s+)?derni[èe]re';
/** It may come to be what the line says. */
const PENDING =
  'pr[ée]vue?s?|planifi[ée]e?s?|programm[ée]e?s?|en\\s+attente|[àa]\\s+(?:venir|confirmer|valider|planifier|programmer|faire|pr[ée]voir|r[ée]aliser)|en\\s+projet|projet[ée]e?s?|envisag[ée]e?s?|planned|scheduled';

/** Columns that say how a line stands, by how their names begin. */
const OF_STATUS = /^(?:statut|status|etat(?!civil)|suivid|avancement|validation|realisation)/;
/** Columns of what comes next: what is planned there is no more the line itself. */
const OF_NEXT = /^(?:suite|prochain|afaire|aprevoir|perspective|rappel|relance)/;
/** Columns of yes and no. */
const OF_DONE =
  /^(?:est|a)?(?:realisee?|tenue?|effectuee?|faite?|validee?|confirmee?|maintenue?|eulieu|done|held)s?(?:on|ouinon|yn)?$/;
/** Columns that are there for what was put off, beside those for any line that does not count. */
const OF_REPORT = /^(?:(?:date|dt|motif|cause|raison)(?:d[eu]|d|dela)?)?report(?:e|e?s|ee|ees)?$/;
const THING =
  "(?:la\\s+|cette\\s+|l[’'])?(?:s[ée]ances?|ateliers?|sessions?|lignes?|dossiers?|rendez-vous|rdv|entreprises?|r[ée]unions?)";
const OF_COMMENT = /^(?:(?:commentaire|observation|remarque|note|memo|info).*|)$/;
/** A line that is there to show how a table is filled in, or to try something. */
const FOR_SHOW =
  "(?:ligne\\s+d[’']\\s*|s[ée]ance\\s+d[’']\\s*)?exemple|(?:ligne|s[ée]ance|atelier|session|entreprise|d[ée]tection|r[ée]ponse)s?\\s+(?:fictifs?|fictives?|de\\s+(?:test|d[ée]monstration))|fictifs?|fictives?";
const LONGEST = 200;

type Kind = 'status' | 'done' | 'void' | 'next' | 'mark' | 'comment' | 'name' | 'other';
export interface NotDone {
  readonly heading: string;
  readonly word: string;
}

/**
 * Finds, on a line, the word of a column that is not read by which the line did not happen.
 * @param mayBePending the file is of what is planned, or begins: nothing of it needs to have happened
 */
export function notDone(
  { headings, at }: Pick<ImportBinding, 'headings' | 'at'>,
  mayBePending: boolean,
): (cells: readonly Cell[]) => NotDone | undefined {
  const read = new Set(Object.values(at));
  const columns = headings.flatMap((heading, i) =>
    read.has(i) || isOurs(heading) ? [] : [{ i, heading, kind: kindOf(heading) }],
  );
  const words = `${VOID}|${NOT}`;
  const done = [DONE, NOT, MOVED, MISTAKEN, "n['’]aur(?:a|ont)\\s+pas\\s+lieu"].join('|');
  const pending = mayBePending ? [] : [PENDING];
  const absent = mayBePending ? [] : [NOBODY];
  const within = new RegExp(`${NOT_DENIED}(?:${[words, ...pending].join('|')})(?!\\p{L})`, 'iu');
  // A remark may tell of another day, or of others: it speaks of its line where it begins so.
  const begins = new RegExp(
    `^(?:${THING}\\s+)?(?:(?:a\\s+[ée]t[ée]|est|n['’](?:a|ont)|ne\\s+s['’]est)\\s+)?(?:${done}|(?:${END})\\s+(?:d(?:e\\s+la|u|e|e\\s+l[’'])\\s*)?(?:${THING}|${WHOSE})|(?:annulations?|d[ée]sistements?)\\s+(?:${WHY}))(?!\\p{L})`,
    'iu',
  );
  const whole = new RegExp(
    `^(?:${[END, ...pending, ...absent, NOT, 'en\\s+double'].join('|')})(?:\\s+(?:le\\s+|au\\s+)?\\d[\\d/.-]*)?$`,
    'iu',
  );
  const forShow = new RegExp(
    `^(?:(?:${FOR_SHOW})|(?:${FOR_SHOW}|exemples)\\s*[-–:(,]?\\s*[àa]\\s+(?:supprimer|effacer|[ôo]ter|retirer|remplacer).*)[.!)]?$`,
    'iu',
  );
  const status = new RegExp(`^(?:${[FAILED, ...absent, ...(mayBePending ? [] : [ABSENT])].join('|')})$`, 'iu');
  return (cells) => {
    for (const { i, heading, kind } of columns) {
      const given = textOf(cells[i]);
      const word = undecorated(given);
      if (word === '' || given.length > LONGEST || !says(word, kind, { within, begins, whole, status, forShow }))
        continue;
      if (saidAlready(`${heading} ${word}`, cells, read)) continue;
      return { heading: heading || `colonne ${i + 1}`, word: given.normalize('NFC').slice(0, 60) };
    }
    return undefined;
  };
}

function kindOf(heading: string): Kind {
  const key = nameKey(heading.slice(0, LONGEST));
  if (isForVoid(key) || OF_REPORT.test(key)) return 'void';
  if (OF_DONE.test(key) || isOfValid(key)) return 'done';
  if (OF_NEXT.test(key)) return 'next';
  if (key === 'ann') return 'mark';
  if (OF_STATUS.test(key)) return 'status';
  if (OF_COMMENT.test(key)) return 'comment';
  return holdsNames(heading) ? 'name' : 'other';
}

type Words = Readonly<Record<'within' | 'begins' | 'whole' | 'status' | 'forShow', RegExp>>;

function says(word: string, kind: Kind, { within, begins, whole, status, forShow }: Words): boolean {
  const key = nameKey(word);
  // A firm or a place may be called Exemple.
  if (kind !== 'name' && forShow.test(word)) return true;
  if (kind === 'mark') return /^(?:x|oui|o)$/.test(key);
  if ((kind === 'status' || kind === 'comment') && /^(?:tests?|essais?)$/.test(key)) return true;
  if (kind === 'void') return !saysNone(word);
  if (kind === 'next') return begins.test(word);
  if (
    kind === 'comment' &&
    word
      .split(PARTS)
      .slice(1)
      .some((part) => NOT_ALONE.test(part))
  )
    return true;
  if (kind === 'other' || kind === 'name' || kind === 'comment') return begins.test(word) || whole.test(word);
  if (status.test(word) || begins.test(word)) return true;
  return (key !== '' && (kind === 'done' ? saysNone(word) : /^(?:non?|faux|false)$/.test(key))) || within.test(word);
}

/** A firm that refused, gave up, or did not come, is what its line may tell in a column that is read. */
export function saidAlready(text: string, cells: readonly Cell[], read: ReadonlySet<number | undefined>): boolean {
  const end = /refus|abandon|absent/i.exec(text)?.[0].toLowerCase();
  if (end === undefined) return false;
  return [...read].some((i) => {
    const said = textOf(cells[i ?? -1]).slice(0, LONGEST);
    return nameKey(said).startsWith(end) || (end === 'absent' && saysNo(said));
  });
}
