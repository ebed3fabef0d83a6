import { fieldName } from '@gpect/service-kit/mongo/field-names';
import { firmChange } from '../facts/change.js';
import { keeper } from '../facts/keeper.js';
import type { Figure } from './figure.js';
import { byKind } from './path.js';

declare module '../facts/documents.js' {
  interface FirmDocument {
    readonly deliverables?: Readonly<Record<string, { readonly on: string; readonly stage: string }>>;
  }
}

/** Deliverables that a firm was handed over, by their numbers. */
const deliverables = keeper('deliverables', {
  'fr.gpect.consulting.deliverable-handed-over.v1': ({ data }) => [
    firmChange(data, {
      [`deliverables.${fieldName(data.deliverable)}`]: { on: data.handedOverOn, stage: data.stage },
    }),
  ],
});

export const figure: Figure = {
  id: 'deliverables',
  place: 326,
  group: 'delivery',
  labelFr: 'Livrables remis',
  labelEn: 'Deliverables handed over',
  definitionFr:
    "Livrables que les consultants ont remis aux entreprises, par étape (pré-diagnostic, plan d'actions, mise en œuvre, préconisations) ; sous le même numéro, le dernier compte.",
  definitionEn: 'What consultants handed over to firms, by stage; under one number the last counts.',
  formula: 'count(deliverable-handed-over) by stage',
  unit: 'deliverable',
  countsBy: 'the day of the handing over',
  keeps: [deliverables],
  isCount: false,
  facts: ({ firm: { deliverables: handed = {} } }) =>
    Object.values(handed).flatMap(({ on, stage }) => byKind('deliverables', on, stage)),
  sums: [{ total: 'deliverables', parts: ['deliverables:*'] }],
};
