import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { documentsOf } from '../../test/said.js';
import { practicesOf } from '../bilan/territory.js';
import type { PracticesDocument } from '../facts/documents.js';
import { figure } from './practices.js';

const seen = (funder: string, survey: string, surveyedOn: string, firms: number) =>
  event('evaluation.training-practices-surveyed', {
    funder,
    survey,
    surveyedOn,
    firmsSeen: 40,
    practices: [{ practice: 'GPEC_TOOLS', firms }],
    otherPractices: [{ practice: 'USE_OF_DIF', firms: 1 }],
  });
const surveys = documentsOf(figure, [
  seen('opca-a', '2013', '2013-11-05', 31),
  seen('opca-a', '2010', '2010-11-05', 9),
  seen('opca-b', '2012', '2012-11-05', 5),
]).of<PracticesDocument>('practices');

test('the last survey of each OPCA counts: of each, and together from the greatest to the sum', () => {
  expect(practicesOf(surveys, undefined)).toMatchObject({
    funders: 2,
    firmsSeen: 80,
    firms: { GPEC_TOOLS: 36, USE_OF_DIF: 2 },
    // A firm that both fund is seen by both: 31 if those of opca-b are among those of opca-a, 36 if none is.
    firmsSeenRange: { least: 40, most: 80 },
    range: { GPEC_TOOLS: { least: 31, most: 36 }, USE_OF_DIF: { least: 1, most: 2 } },
    byFunder: [
      { funder: 'opca-a', surveyedOn: '2013-11-05', firmsSeen: 40, firms: { GPEC_TOOLS: 31, USE_OF_DIF: 1 } },
      { funder: 'opca-b', surveyedOn: '2012-11-05', firmsSeen: 40, firms: { GPEC_TOOLS: 5, USE_OF_DIF: 1 } },
    ],
    noteFr: expect.stringContaining('au plus la somme'),
  });
});

test('up to a day, the last one of before it', () => {
  expect(practicesOf(surveys, '2012-01-01')).toMatchObject({
    funders: 1,
    firmsSeen: 40,
    firms: { GPEC_TOOLS: 9, USE_OF_DIF: 1 },
    range: { GPEC_TOOLS: { least: 9, most: 9 } },
  });
});

test('of what one OPCA says of too few firms, nothing is told together either', () => {
  const masked = surveys.map((of) =>
    of.surveyedOn === '2013-11-05' ? { ...of, practices: [{ practice: 'GPEC_TOOLS', firms: null }] } : of,
  );
  const { firms, range } = practicesOf(masked, undefined);
  expect([firms['GPEC_TOOLS'], range['GPEC_TOOLS']]).toEqual([null, { least: null, most: null }]);
});
