import type { FirmDocument } from '../read-model/documents.js';

/** What a firm's warnings are found by. Pure; kept beside the firm by the fold, and indexed. */
export function watchOf(firm: Omit<FirmDocument, '_id'>): Pick<FirmDocument, 'idleSince' | 'budgetUse'> {
  const { enrolledOn, completedOn, abandoned, suspended, sessions = {}, budget } = firm;
  const held = Object.entries(sessions).filter(([, of]) => (of.sessions ?? 0) > 0);
  const open = enrolledOn !== undefined && completedOn === undefined && abandoned === undefined && !suspended;
  const last = [enrolledOn ?? '', ...held.map(([day]) => day)].sort().at(-1);
  const consumed = held.reduce((sum, [, of]) => sum + (of.halfDays ?? 0), 0);
  return {
    ...(open && last ? { idleSince: last } : {}),
    ...(open && budget ? { budgetUse: consumed / budget } : {}),
  };
}
