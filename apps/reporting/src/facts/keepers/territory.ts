import { inProgramme } from '@gpect/domain-values/identifiers';
import { fieldName } from '@gpect/service-kit/mongo/field-names';
import { actionChange } from '../change.js';
import { keeper } from '../keeper.js';

/** Intensity from which two actors act together, or decide together. */
const ACT_TOGETHER = 3;

export const platforms = keeper('platforms', {
  'fr.gpect.enrolment.platform-established.v1': ({ data: { programme, action, name } }) => [
    actionChange(programme, action, {}, { toSet: { platforms: name } }),
  ],
});

/** Since when platforms are there, and whether they were alive whenever somebody looked. */
export const platformLives = keeper('platform-lives', {
  'fr.gpect.enrolment.platform-established.v1': ({ data: { programme, action, name, establishedOn, basins } }) => [
    lifeChange(programme, action, name, { establishedOn: establishedOn ?? '', basins }),
  ],
  'fr.gpect.enrolment.platform-reviewed.v1': ({ data: { programme, action, name, reviewedOn, alive } }) => [
    lifeChange(programme, action, name, { [`seen.${reviewedOn}`]: alive }),
  ],
});

function lifeChange(programme: string, action: string, name: string, said: Readonly<Record<string, unknown>>) {
  const fields = Object.entries(said).map(([field, value]) => [`platformLives.${fieldName(name)}.${field}`, value]);
  return actionChange(programme, action, Object.fromEntries(fields));
}

export const visions = keeper('visions', {
  'fr.gpect.enrolment.territory-vision-adopted.v1': ({ data: { programme, action, version, ...adopted } }) => [
    actionChange(programme, action, { [`visions.${version}`]: adopted }),
  ],
});

export const cooperation = keeper('cooperation', {
  'fr.gpect.evaluation.cooperation-assessed.v1': ({ data: { programme, action, moment, assessedOn, links } }) => [
    actionChange(programme, action, {
      [`cooperation.${moment}`]: {
        assessedOn,
        pairs: links.length,
        together: links.filter((link) => link.intensity >= ACT_TOGETHER).length,
      },
    }),
  ],
});

export const practices = keeper('practices', {
  'fr.gpect.evaluation.training-practices-surveyed.v1': ({ data: { programme, funder, survey, ...seen } }) => [
    {
      collection: 'practices',
      id: inProgramme(programme, funder, survey),
      set: {
        programme,
        funder,
        surveyedOn: seen.surveyedOn,
        firmsSeen: seen.firmsSeen,
        practices: [...seen.practices, ...(seen.otherPractices ?? [])],
      },
    },
  ],
});

export const exchanges = keeper('exchanges', {
  'fr.gpect.consulting.practice-exchange-held.v1': ({ data: { programme, exchange, heldOn, consultants } }) => [
    {
      collection: 'exchanges',
      id: inProgramme(programme, exchange),
      set: { programme, heldOn, consultants },
    },
  ],
});
