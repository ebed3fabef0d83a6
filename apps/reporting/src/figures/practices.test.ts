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

test('the last survey of each OPCA counts, its practices summed', () => {
  expect(practicesOf(surveys, undefined)).toEqual({
    funders: 2,
    firmsSeen: 80,
    firms: { GPEC_TOOLS: 36, USE_OF_DIF: 2 },
  });
});

test('up to a day, the last one of before it', () => {
  expect(practicesOf(surveys, '2012-01-01')).toEqual({
    funders: 1,
    firmsSeen: 40,
    firms: { GPEC_TOOLS: 9, USE_OF_DIF: 1 },
  });
});
