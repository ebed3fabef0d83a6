import { nameKey } from '@gpect/tabular-files/name-key';
import type { Kind } from './spend-line.js';

/** What the usual words of a column of operations say of a line; `credit` is what takes back, by an amount of its own. Closed. */
const WORDS: Readonly<Record<Kind | 'credit', readonly string[]>> = {
  record: [
    ...['création', 'paiement', 'règlement', 'versement', 'virement', 'enregistrement', 'ajout', 'nouveau', 'record'],
    ...['débit', 'd', 'db', 'débiteur', 'dépense', 'payé', 'réglé', 'plus'],
  ],
  correct: ['correction', 'modification', 'rectification', 'rectificatif', 'correct'],
  cancel: ['annulation', 'annulé', 'annulée', 'annule', 'cancel'],
  credit: [
    ...['crédit', 'c', 'cr', 'créditeur', 'avoir', 'remboursement', 'reversement', 'extourne', 'contre-passation'],
    ...['reprise', 'retrait', 'recette', 'trop perçu', 'note de crédit', 'moins'],
  ],
};
const known = new Map(
  Object.entries(WORDS).flatMap(([says, words]) =>
    words.map((word) => [nameKey(word), says as Kind | 'credit'] as const),
  ),
);
const LONGEST = 60;

export function operationNamed(word: string): Kind | 'credit' | undefined {
  const key = nameKey(word.slice(0, LONGEST));
  return key === '' ? undefined : known.get(key);
}

/** Whether a line is a payment by its word where no dialect says what words mean: an empty one says nothing else. */
export function isPayment(word: string, cents: number): boolean {
  if (word === '') return true;
  const says = operationNamed(word);
  return says === 'record' || (cents < 0 && (says === 'credit' || says === 'cancel'));
}
