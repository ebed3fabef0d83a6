import { keeper } from '../keeper.js';

/** Programmes, their basins and what they are counted by. */
export const programmes = keeper('programmes', {
  'fr.gpect.enrolment.programme-opened.v1': ({
    data: { programme, name, opensOn, closesOn, targetHeadcount, basins },
  }) => [
    {
      collection: 'programmes',
      id: programme,
      set: {
        name,
        opensOn,
        closesOn,
        targetHeadcount,
        basins: basins.map((b) => b.code),
        basinNames: Object.fromEntries(basins.map((b) => [b.code, b.name])),
      },
    },
  ],
});

/** What of a programme's figures may be told, and how often. */
export const disclosure = keeper('disclosure', {
  'fr.gpect.enrolment.programme-opened.v1': ({ data: { programme, disclosure: rule } }) =>
    rule ? [{ collection: 'programmes', id: programme, set: { disclosure: rule } }] : [],
});

/** The framework that all consultants of a programme work by, version by version. */
export const frameworks = keeper('frameworks', {
  'fr.gpect.consulting.shared-framework-published.v1': ({ data: { programme, version, publishedOn } }) => [
    { collection: 'programmes', id: programme, set: { [`frameworks.${version}`]: publishedOn } },
  ],
});
