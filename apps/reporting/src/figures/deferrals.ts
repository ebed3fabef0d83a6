import { firmChange } from '../facts/change.js';
import { keeper } from '../facts/keeper.js';
import { merges } from '../facts/keepers/firms.js';
import type { Figure } from './figure.js';
import { byKind } from './path.js';

declare module '../facts/documents.js' {
  interface FirmDocument {
    /** Reasons for which it asked to begin later, by the day on which it did; empty where none of the list was told. */
    readonly deferrals?: Readonly<Record<string, string>>;
  }
}

/** Times that a firm asked to begin later. */
const deferrals = keeper('deferrals', {
  'fr.gpect.enrolment.firm-deferred.v1': ({ data }) => [
    firmChange(data, { [`deferrals.${data.deferredOn}`]: data.reasonKind ?? '' }),
  ],
});

export const figure: Figure = {
  id: 'deferrals',
  place: 322,
  group: 'reach',
  labelFr: 'Reports',
  labelEn: 'Deferrals',
  definitionFr:
    'Fois où une entreprise a demandé à commencer plus tard, et le motif quand il est connu ; une entreprise peut en avoir plusieurs.',
  definitionEn: 'Times that a firm asked to begin later, and the reason where it is known; one may have several.',
  formula: 'count(firm-deferred), by reasonKind',
  unit: 'deferral',
  countsBy: 'the day on which it asked',
  keeps: [deferrals, merges],
  isCount: false,
  facts: ({ firm: { deferrals: asked = {}, mergedInto } }) =>
    mergedInto ? [] : Object.entries(asked).flatMap(([on, why]) => byKind('deferrals', on, why)),
  sums: [{ total: 'deferrals', parts: ['deferrals:*'] }],
};
