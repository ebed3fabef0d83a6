import { firmChange } from '../facts/change.js';
import { keeper } from '../facts/keeper.js';
import type { Figure } from './figure.js';

declare module '../facts/documents.js' {
  interface FirmDocument {
    /** Until when it was to pause, by the day from which it did. */
    readonly suspensions?: Readonly<Record<string, string>>;
  }
}

/** Pauses of an accompaniment, by the day on which each began. */
const suspensions = keeper('suspensions', {
  'fr.gpect.enrolment.firm-suspended.v1': ({ data }) => [
    firmChange(data, { [`suspensions.${data.suspendedOn}`]: data.wakeUpOn }),
  ],
});

export const figure: Figure = {
  id: 'suspensions',
  place: 324,
  group: 'delivery',
  labelFr: 'Accompagnements suspendus',
  labelEn: 'Accompaniments suspended',
  definitionFr: "Suspensions d'accompagnements, au rythme de l'entreprise ; une entreprise peut en avoir plusieurs.",
  definitionEn: 'Pauses of accompaniments, to the rhythm of the firm; one may have several.',
  formula: 'count(firm-suspended)',
  unit: 'suspension',
  countsBy: 'the day on which the pause began',
  keeps: [suspensions],
  isCount: false,
  facts: ({ firm: { suspensions: begun = {} } }) => Object.keys(begun).map((on) => ['suspensions', on, 1]),
};
