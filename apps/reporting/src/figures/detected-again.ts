import { fieldName } from '@gpect/service-kit/mongo/field-names';
import { firmChange } from '../facts/change.js';
import { keeper } from '../facts/keeper.js';
import { merges } from '../facts/keepers/firms.js';
import type { Figure } from './figure.js';
import { byKind } from './path.js';

declare module '../facts/documents.js' {
  interface FirmDocument {
    /** Sources of further detections, by who detected and the day. */
    readonly again?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  }
}

/** Who detected a firm after the first, each on its days. */
const detectedAgain = keeper('detected-again', {
  'fr.gpect.enrolment.firm-detected-again.v1': ({ data }) => [
    firmChange(data, {
      [`again.${fieldName(`${data.source} ${data.detectedBy ?? ''}`)}.${data.detectedOn}`]: data.source,
    }),
  ],
});

export const figure: Figure = {
  id: 'detectedAgain',
  place: 332,
  group: 'reach',
  labelFr: 'Détections par un second partenaire',
  labelEn: 'Detections by another partner',
  definitionFr:
    "Fois où un autre partenaire a détecté une entreprise qui l'était déjà, selon qui il est ; l'entreprise ne compte qu'une fois parmi les entreprises détectées.",
  definitionEn:
    'Times that another partner detected a firm that was detected already, by who it is; the firm itself counts once among the detected.',
  formula: 'count(firm-detected-again) by source',
  unit: 'detection',
  countsBy: 'the day of that detection',
  keeps: [detectedAgain, merges],
  isCount: false,
  facts: ({ firm: { again = {}, mergedInto } }) =>
    mergedInto
      ? []
      : Object.values(again).flatMap((days) =>
          Object.entries(days).flatMap(([on, source]) => byKind('detectedAgain', on, source)),
        ),
  sums: [{ total: 'detectedAgain', parts: ['detectedAgain:*'] }],
};
