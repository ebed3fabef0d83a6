import type { components } from '@gpect/contracts/generated/api-enrolment';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { groupBy } from '@gpect/service-kit/collections/group-by';
import type { CommandResponse } from '@gpect/service-kit/http/commands';
import type { OwnRoutes, RoutedRequest } from '@gpect/service-kit/http/operations';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { findAction } from '../collective-action/lookup.js';
import { type FirmCase, firmCase } from '../firm-case/firm-case.js';
import { issuesByTheme } from './issues.js';
import { type DiagnosticCommand, type TerritorialDiagnostic, territorialDiagnostic } from './territorial-diagnostic.js';

type Schemas = components['schemas'];
type ActionAsked = RoutedRequest<{ programme: string; action: string }>;

export function diagnosticRoutes({ commands, runner }: ServiceContext) {
  const idOf = ({ params }: ActionAsked) => inProgramme(params.programme, params.action, 'diagnostic');
  const command = async (
    asked: ActionAsked,
    response: CommandResponse,
    what: (frame: Pick<DiagnosticCommand, 'of' | 'today'>) => DiagnosticCommand,
  ) => {
    const { programme, action, basins } = await findAction(runner, asked.params.programme, asked.params.action);
    const frame = { of: { programme, action, basins }, today: todayInParis(new Date()) };
    await commands.handle(asked, response, target(territorialDiagnostic, idOf(asked), what(frame)));
  };

  return {
    'GET /collective-actions/{programme}/{action}/diagnostic': async (asked, response) => {
      const { programme, action } = await findAction(runner, asked.params.programme, asked.params.action);
      const id = idOf(asked);
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
    },
    'POST /collective-actions/{programme}/{action}/diagnostic/sources': async (asked, response) => {
      const source = asked.body;
      await command(asked, response, (frame) => ({ ...frame, kind: 'add-source', source }));
    },
    'POST /collective-actions/{programme}/{action}/diagnostic/specificities': async (asked, response) => {
      const specificity = asked.body;
      await command(asked, response, (frame) => ({ ...frame, kind: 'note-specificity', specificity }));
    },
    'POST /collective-actions/{programme}/{action}/diagnostic/issues': async (asked, response) => {
      const issue = asked.body;
      const id = inProgramme(asked.params.programme, issue.siret);
      const firm = (await runner.load<FirmCase>(firmCase.collection, [id])).get(id);
      await command(asked, response, (frame) => ({ ...frame, kind: 'note-issue', issue, firm }));
    },
    'POST /collective-actions/{programme}/{action}/diagnostic/visions': async (asked, response) => {
      const { adoptedOn, vision } = asked.body;
      await command(asked, response, (frame) => ({ ...frame, kind: 'adopt-vision', adoptedOn, vision }));
    },
  } satisfies Partial<OwnRoutes<'enrolment'>>;
}
