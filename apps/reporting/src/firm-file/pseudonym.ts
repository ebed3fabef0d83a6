import { createHmac } from 'node:crypto';

/** Digits of a pseudonym: of a million firms, two have the same with a probability of one in forty million. */
const DIGITS = 16;

/**
 * What a firm is called in files of a programme: the same in each of them, and another in those of another programme; nobody
 * finds a SIRET by it who has not the key.
 * @param key of this installation (installationKey)
 * @param unit the firm in its programme (`FirmSaid.id`)
 */
export const pseudonymOf = (key: string, unit: string): string =>
  createHmac('sha256', key).update(`firm of ${unit}`).digest('hex').slice(0, DIGITS);
