/** A partner writes to its own `in`, and reads its own `out`. */
export type PartnerDirection = 'in' | 'out';

/** All that bears a partner's name: its topics, its consumer groups. */
export const partnerPrefix = (partner: string): string => `gpect.partner.${partner}.`;

/** The topic of a partner; of all partners, as a pattern, where it is `*`. */
export const partnerTopic = (partner: string, direction: PartnerDirection): string =>
  `${partnerPrefix(partner)}${direction}`;

const TOPIC = /^gpect\.partner\.(.+)\.(in|out)$/;

/** Whose topic it is in that direction; undefined for every other topic. */
export function partnerOfTopic(topic: string, direction: PartnerDirection): string | undefined {
  const [, partner, found] = TOPIC.exec(topic) ?? [];
  return found === direction ? partner : undefined;
}
