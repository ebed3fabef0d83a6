import { nameKey } from './name-key.js';

/**
 * What people write of a line that counts for nothing, or not yet, in a column of status or beside their tables: one vocabulary
 * for payments and for everything else that is told in tables. A word decides only where its column is about the state of the
 * line, and its cell says it as a whole. Parts of expressions, with `i` and `u`, of text in NFC.
 */

/** No denial stands before the word: `non annulé`. */
export const NOT_DENIED = '(?<!\\p{L})(?<!(?:non|pas|jamais|sans|ni)[\\s-]+(?:été\\s+)?)';
/** It was taken back, by whomever. */
export const TAKEN_BACK = 'annul(?:ée?s?|ation)|rejet(?:s|ée?s?)?|refus(?:ée?s?)?|abandonn(?:ée?s?)';
/** It is not to be counted as it stands. */
export const NOT_VALID =
  'suspendu|bloqu[ée]|brouillon|pr[ée]vision|provisoire|[ée]chou[ée]|[ée]chec|expir[ée]|doublon|invalide|inactif|pending|draft|rejected|cancelled|canceled';

const DECORATION = /^(?:\d{1,2}\s*[/.)]\s+)?[^\p{L}\p{N}]+|^\d{1,2}\s*[/.)]\s+|[^\p{L}\p{N}]+$/gu;

/** A word without the marks by which people make it seen: `** ANNULÉ **`, `=> annulé`, `1/ annulé`. */
export const undecorated = (text: string) => text.normalize('NFC').replace(DECORATION, '');

const THING =
  '(?:de|du)?(?:la|le|l)?(?:ligne|facture|paiement|reglement|versement|virement|dossier|piece|ecriture|operation|session|seance|atelier|action|demande|commande)s?';
const YES_NO = '(?:on|ouinon|yn)?';
const STEM =
  '(?:annul(?:ee?s?|ations?)?|abandon(?:ne?e?s?)?|doublons?|suppr(?:ime?e?s?|essions?)?|rejet(?:e?e?s?)?|refus(?:e?e?s?)?|desist(?:e|ements?)?|extourn(?:e?e?s?)?|cancell?ed|deleted)';
/** A day or a reason of it, or a mark: `Motif de rejet`, `Ligne annulée`, `Suppr. (O/N)`; not `Annule et remplace`. */
const FOR_VOID = new RegExp(
  `^(?:(?:date|dt|motif|cause|raison)(?:d[eu]|d|dela)?(?:annul|abandon|doublon|suppr|rejet|refus|desist|cancel|extourn)|(?:est|a)?(?:ete)?(?:${THING})?(?:en|est)?${STEM}(?:le|date|motif|opca|banque|bancaire|par|partiel|client|comptable|${THING})?${YES_NO}$)`,
);
const VALID = new RegExp(`^(?:est|a)?(?:${THING})?(?:validee?s?|actif|active|actives|actifs|confirmee?s?)${YES_NO}$`);
const NONE = /^(?:n(?:on?)?|faux|false|neant|aucune?|sans|sansobjet|ras|na|nc|0*)$/;
const NONE_OF_THEM =
  /^(?:pas|aucune?)(?:de|d)?(?:annulation|rejet|refus|avoir|abandon|doublon|suppression|report|desistement|motif)s?$/;

/** A column that is there for such lines alone, by the key of its heading. */
export const isForVoid = (key: string) => FOR_VOID.test(key);

/** A column of yes and no that says no of a line that does not count. */
export const isOfValid = (key: string) => VALID.test(key);

/** Whether a cell of a column for such lines says that this is none: `non`, `0`, `-`, `Pas de rejet`. */
export function saysNone(word: string): boolean {
  const key = nameKey(word);
  return NONE.test(key) || NONE_OF_THEM.test(key);
}

/** Whether a cell of yes and no says no. */
export const saysNo = (word: string) => /^(?:non?|n|no|faux|false|pasencore|aucun)$/.test(nameKey(word));

const A_DAY = /^(?:le\s+)?\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?!\d)/i;

/** Whether a cell of yes and no says yes, or since when. */
export const saysYesOrWhen = (word: string) => saysYes(word) || A_DAY.test(word.trim());

/** Whether a cell of yes and no says yes. */
export const saysYes = (word: string) => /^(?:o|oui|x|1|vrai|true|y|yes)$/.test(nameKey(word));
