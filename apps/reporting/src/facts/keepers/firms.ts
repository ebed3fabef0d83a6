import { firmChange } from '../change.js';
import { keeper } from '../keeper.js';

/** Who a firm is, as it was detected. */
export const detection = keeper('detection', {
  'fr.gpect.enrolment.firm-detected.v1': ({ data }) => [
    firmChange(data, {
      name: data.name,
      naf: data.naf,
      headcount: data.headcount,
      detectedOn: data.detectedOn,
      source: data.source,
    }),
  ],
});

/** Where it stands. */
export const communes = keeper('communes', {
  'fr.gpect.enrolment.firm-detected.v1': ({ data }) => [firmChange(data, { commune: data.commune })],
});

/** Cases of the same firm. */
export const merges = keeper('merges', {
  'fr.gpect.enrolment.firm-case-merged.v1': ({ data }) => [firmChange(data, { mergedInto: data.into })],
});

/** Establishments that go on under another SIRET. */
export const moves = keeper('moves', {
  'fr.gpect.training-spend.establishment-closed.v1': ({ data: { siret, successor } }) =>
    successor ? [{ collection: 'moves', id: siret, set: { successor } }] : [],
});

/** What warnings look at beside the sessions. */
export const watched = keeper('watched', {
  'fr.gpect.enrolment.firm-suspended.v1': ({ data }) => [firmChange(data, { suspended: true })],
  'fr.gpect.enrolment.firm-resumed.v1': ({ data }) => [firmChange(data, { suspended: false })],
  'fr.gpect.consulting.half-days-budgeted.v1': ({ data }) => [firmChange(data, { budget: data.halfDays })],
});

/** Issues found in a firm, by theme. */
export const issues = keeper('issues', {
  'fr.gpect.enrolment.firm-issue-noted.v1': ({ data }) => [
    firmChange(data, { [`issues.${data.theme}`]: data.notedOn }),
  ],
});
