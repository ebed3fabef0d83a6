import { expect, test } from '@jest/globals';
import type { PracticesDocument, SampleDocument } from '../facts/documents.js';
import { practicesTold, samplesTold } from './told-documents.js';

const rule = { leastFirms: 3 };
const survey = (firmsSeen: number, firms: Record<string, number>): PracticesDocument => ({
  _id: 'p/opca-a/2013',
  programme: 'p',
  funder: 'opca-a',
  surveyedOn: '2013-11-05',
  firmsSeen,
  practices: Object.entries(firms).map(([practice, count]) => ({ practice, firms: count })),
});

test('of practices, what few firms do and what few do not do is masked, the rest rounded', () => {
  const [told] = practicesTold([survey(42, { GPEC_TOOLS: 31, TUTORING: 2, USE_OF_DIF: 41, CERTIFICATION: 0 })], rule);
  expect(told).toMatchObject({ firmsSeen: 40 });
  expect(told?.practices.map(({ firms }) => firms)).toEqual([30, null, null, 0]);
  expect(practicesTold([survey(2, { TUTORING: 0 })], rule)[0]).toMatchObject({
    firmsSeen: null,
    practices: [{ firms: null }],
  });
});

test('of how many a sample was drawn is rounded, and masked where they are few', () => {
  const sample = { frame: 458, drawn: 2 } as SampleDocument;
  expect(samplesTold([sample], rule)).toEqual([{ frame: 460, drawn: null }]);
});
