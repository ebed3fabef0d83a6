import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { fail, ok } from '@gpect/domain-values/result';
import type { Aggregate } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture } from '@gpect/service-kit/aggregate/refusals';

export type ConsultantsFirm = EventDataByType['fr.gpect.consulting.consultants-firm-registered.v1'];

export interface RegisterFirm {
  readonly kind: 'register';
  readonly firm: ConsultantsFirm;
  readonly today: CalendarDate;
}

export const consultantsFirmId = (programme: string, code: string) => inProgramme(programme, 'consultants-firms', code);

/** A firm of consultants that works for the programme. */
export const consultantsFirm: Aggregate<"consulting/consultants' firm", ConsultantsFirm | null, RegisterFirm> = {
  collection: 'consultants_firms',
  initial: null,
  decide: ({ firm, today }, state) => {
    if (state && isDeepStrictEqual({ ...state }, { ...firm })) return ok([]);
    if (firm.registeredOn > today)
      return fail(inFuture('registeredOn', firm.registeredOn, 'register it from the day on which it works'));
    return ok([{ type: 'fr.gpect.consulting.consultants-firm-registered.v1', data: firm }]);
  },
  evolve: (_state, event) => event.data,
};
