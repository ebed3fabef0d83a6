import type { components } from '@gpect/contracts/generated/api-enrolment';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { groupBy } from '@gpect/service-kit/collections/group-by';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type Request, type Response, Router } from 'express';
import { findAction } from '../collective-action/lookup.js';
import { type FirmCase, firmCase } from '../firm-case/firm-case.js';
import { issuesByTheme } from './issues.js';
import { type DiagnosticCommand, type TerritorialDiagnostic, territorialDiagnostic } from './territorial-diagnostic.js';

type Schemas = components['schemas'];
type ActionRequest = Request<{ programme: string; action: string }>;

export function diagnosticRoutes({ door, runner }: ServiceContext): Router {
  const router = Router();
  const idOf = ({ params }: ActionRequest) => inProgramme(params.programme, params.action, 'diagnostic');
  const command = async (
    request: ActionRequest,
    response: Response,
    what: (frame: Pick<DiagnosticCommand, 'of' | 'today'>) => DiagnosticCommand,
  ) => {
    const { programme, action, basins } = await findAction(runner, request.params.programme, request.params.action);
    const frame = { of: { programme, action, basins }, today: todayInParis(new Date()) };
    await door.handle(request, response, target(territorialDiagnostic, idOf(request), what(frame)));
  };
  const at = '/collective-actions/:programme/:action/diagnostic' as const;

  router.get(at, async (request, response) => {
    const { programme, action } = await findAction(runner, request.params.programme, request.params.action);
    const id = idOf(request);
    const found = (await runner.load<TerritorialDiagnostic>(territorialDiagnostic.collection, [id])).get(id);
    const { sources = [], specificities = [], issues = [], visions = [] } = found ?? {};
    const shown: Schemas['Diagnostic'] = {
      programme,
      action,
      sources: [...sources],
      specificities: [...specificities],
      firms: new Set(issues.map((i) => i.siret)).size,
      issues: issuesByTheme(issues),
      byBasin: [...groupBy(issues, (i) => i.basin)]
        .map(([basin, there]) => ({ basin, issues: issuesByTheme(there) }))
        .sort((a, b) => a.basin.localeCompare(b.basin)),
      visions: [...visions],
    };
    response.json(shown);
  });
  router.post(`${at}/sources`, async (request, response) => {
    const source = request.body as Schemas['AddDiagnosticSource'];
    await command(request, response, (frame) => ({ ...frame, kind: 'add-source', source }));
  });
  router.post(`${at}/specificities`, async (request, response) => {
    const specificity = request.body as Schemas['NoteSpecificity'];
    await command(request, response, (frame) => ({ ...frame, kind: 'note-specificity', specificity }));
  });
  router.post(`${at}/issues`, async (request, response) => {
    const issue = request.body as Schemas['NoteFirmIssue'];
    const id = inProgramme(request.params.programme, issue.siret);
    const firm = (await runner.load<FirmCase>(firmCase.collection, [id])).get(id);
    await command(request, response, (frame) => ({ ...frame, kind: 'note-issue', issue, firm }));
  });
  router.post(`${at}/visions`, async (request, response) => {
    const { adoptedOn, vision } = request.body as Schemas['AdoptVision'];
    await command(request, response, (frame) => ({ ...frame, kind: 'adopt-vision', adoptedOn, vision }));
  });
  return router;
}
