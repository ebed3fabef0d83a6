import { type EventType, examplesOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { RecordedEvent } from '@gpect/service-kit/events/event';

type Named<T> = T extends `fr.gpect.${infer Name}.v1` ? Name : never;
type TypeOf<Name extends string> = Extract<EventType, `fr.gpect.${Name}.v1`>;

/** The firm of every event that names one. */
export const SIRET = '00001002500013';

/** An event as its contract gives an example, of programme `p` and firm `SIRET`, with some of it said otherwise. */
export function event<Name extends Named<EventType>>(
  name: Name,
  other: Partial<EventDataByType[TypeOf<Name>]> = {},
  sequence = 1,
): RecordedEvent {
  const type = `fr.gpect.${name}.v1` as EventType;
  const example = examplesOf(type)[0] as object;
  const usual = { programme: 'p', siret: SIRET };
  const asked = Object.fromEntries(Object.entries(usual).filter(([key]) => key in example));
  return {
    type,
    data: { ...example, ...asked, ...other },
    subject: `p/${SIRET}`,
    sequence,
    id: `${name} ${sequence}`,
    source: '/test',
    time: '2014-01-01T00:00:00Z',
  } as unknown as RecordedEvent;
}
