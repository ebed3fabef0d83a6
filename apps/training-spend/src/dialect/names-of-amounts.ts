import { wordsOf } from '@gpect/tabular-files/name-key';
import { word } from '@gpect/tabular-files/sections';

/**
 * Names of a group of amounts that say by their whole text that these are not what the funder paid: what was done to them
 * (`Validé`), who else bears them (`Région`), or what they are worked out from (`Base`). A word of such a name within a longer
 * text says nothing: it is a place, a title or a service.
 */

/** What stands beside such a name and adds nothing. */
const BESIDE = word(
  'montants?|mt|mnt|sommes?|couts?|ht|hors|taxes?|en|euros?|d|de|du|des|la|le|les|l|et|ou|(?:19|20)\\d\\d',
  'g',
);
const BESIDE_PAYER = word(
  'parts?|quote|financements?|aides?|participations?|contributions?|apports?|a|charges?|fonds|credits?',
  'g',
);
/** Who bears a part of what a training costs beside the funder whose file it is. */
const PAYERS = word(
  'etat|regions?|conseils? (?:regional|regionaux|general|generaux|departemental)|cr|cg|departements?|europe|europeens?|fse|feder|ue|communes?|collectivites?|entreprises?|employeurs?|salaries?|stagiaires?|adherents?|beneficiaires?|agefiph|pole emploi|autres?',
  'g',
);
const BASIS = /^(?:bases? ?(?:calcul|remboursement|retenue)?|assiettes?|ae|autorisations? (?:d )?engagement)$/;
/** What was done to an amount: in capitals it has no accent by which it could be told. */
const DONE =
  /^(?:liquid|valid|contractualis|ordonnanc|notifi|retenu|attendu|obtenu|promis|inscrit|souscrit|soumis|transmis|recu)(?:e|s|es)?$/;
const IS_DONE_BY_ACCENT = /é(?:e|s|es)?$/iu;
const PAID_DONE =
  /^(?:pay|regl|vers|vir|mandat|decaiss|debours|acquitt|effectu|realis|execut|financ|depens|consomm|rembours|sold|comptabilis|cl|trait)e/;

/** Whether a name says that the amounts below it are others than those that were paid. */
export function namesOtherAmount(name: string): boolean {
  const words = rest(wordsOf(name), BESIDE);
  if (words === '') return false;
  const payer = rest(words, BESIDE_PAYER);
  return isDone(name, words) || BASIS.test(words) || (payer !== '' && rest(payer, PAYERS) === '');
}

function isDone(name: string, words: string): boolean {
  if (words === '' || words.includes(' ') || PAID_DONE.test(words)) return false;
  const written = name.split(/[^\p{L}]+/u).find((part) => wordsOf(part) === words);
  return DONE.test(words) || (written !== undefined && IS_DONE_BY_ACCENT.test(written));
}

const rest = (words: string, without: RegExp): string => words.replace(without, ' ').replace(/ +/g, ' ').trim();
