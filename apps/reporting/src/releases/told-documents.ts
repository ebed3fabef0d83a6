import type { DisclosureRule } from '@gpect/domain-values/disclosure';
import type { PracticesDocument, SampleDocument } from '../facts/documents.js';
import { baseOf, rounded } from '../secrecy/rounding.js';

type Rule = Pick<DisclosureRule, 'leastFirms'>;

/** To what counts are rounded at least. */
const TO = baseOf({ largest: 1 }, false);

const roundedTo5 = (firms: number): number => (firms === 0 ? 0 : rounded(firms, TO));
const isFew = (firms: number, { leastFirms }: Rule): boolean => firms > 0 && firms < leastFirms;

/** What OPCA say of practices, rounded; not where few firms do a thing, or few do not. */
export function practicesTold(surveys: readonly PracticesDocument[], rule: Rule): PracticesDocument[] {
  return surveys.map((survey) => {
    const { firmsSeen } = survey;
    const told = (firms: number | null) =>
      firms === null || firmsSeen === null || isFew(firms, rule) || isFew(firmsSeen - firms, rule)
        ? null
        : roundedTo5(firms);
    return {
      ...survey,
      firmsSeen: firmsSeen === null || isFew(firmsSeen, rule) ? null : roundedTo5(firmsSeen),
      practices: survey.practices.map(({ practice, firms }) => ({ practice, firms: told(firms) })),
    };
  });
}

/** How samples were drawn: of how many, rounded, since the day is another than that of the release. */
export function samplesTold(samples: readonly SampleDocument[], rule: Rule): SampleDocument[] {
  const told = (firms: number | null) => (firms === null || isFew(firms, rule) ? null : roundedTo5(firms));
  return samples.map((sample) => ({ ...sample, frame: told(sample.frame), drawn: told(sample.drawn) }));
}
