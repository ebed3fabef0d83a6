import { stateModel } from '@gpect/service-kit/aggregate/state-store';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { type RecordedLine, spendLine } from '../spend-line/spend-line.js';
import { enrolmentDate } from './enrolled-firms.js';

export function firmSpendRoutes({ connection }: ServiceContext): Router {
  return Router().get('/spend/:programme/:siret', async (request, response) => {
    const { programme, siret } = request.params;
    const found = await stateModel(connection, spendLine.collection)
      .find({ 'state.siret': siret, 'state.programme': programme })
      .sort({ _id: 1 })
      .lean();
    const enrolledOn = await enrolmentDate(connection, programme, siret);
    response.json({
      programme,
      siret,
      ...(enrolledOn ? { enrolledOn } : {}),
      lines: found.map((document) => {
        const { funder, reference, paidOn, scheme, amountCents, status, file, line } = document.state as RecordedLine;
        return { funder, reference, paidOn, scheme, amountCents, status, file, line };
      }),
    });
  });
}
