import type { components } from '@gpect/contracts/generated/api-consulting';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { type Assignment, type AssignmentCommand, assignment } from './assignment.js';

type Schemas = components['schemas'];

export function assignmentRoutes({ door, runner }: ServiceContext): Router {
  const router = Router();
  router.get('/assignments/:programme/:siret', async (request, response) => {
    const id = inProgramme(request.params.programme, request.params.siret);
    const found = (await runner.load<Assignment>(assignment.collection, [id])).get(id);
    if (!found)
      throw problemOf({ code: 'assignment_unknown', kind: 'unknown', detail: `there is no assignment ${id}` });
    response.json({ ...found, sessions: [...found.sessions].sort((a, b) => a.heldOn.localeCompare(b.heldOn)) });
  });
  router.post('/assignments/:programme/:siret/staffing', async (request, response) => {
    const { programme, siret } = request.params;
    const command: AssignmentCommand = { kind: 'staff', ...(request.body as Schemas['StaffAssignment']) };
    await door.handle(request, response, target(assignment, inProgramme(programme, siret), command));
  });
  router.post('/assignments/:programme/:siret/sessions', async (request, response) => {
    const { programme, siret } = request.params;
    const command: AssignmentCommand = {
      kind: 'record-session',
      session: request.body as Schemas['RecordSession'],
      today: todayInParis(new Date()),
    };
    await door.handle(request, response, target(assignment, inProgramme(programme, siret), command));
  });
  return router;
}
