import type { components } from '@gpect/contracts/generated/api-consulting';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import { problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { type Load, loadsOf } from '../assignment/load.js';
import { findAssignment } from '../assignment/lookup.js';
import { type Consultant, consultant, consultantId } from '../register/consultant.js';
import { type ConsultantsFirm, consultantsFirm, consultantsFirmId } from '../register/consultants-firm.js';
import { propose } from './propose.js';

type Schemas = components['schemas'];

/** The consultants with what they have open, and who could take an assignment. */
export function matchingRoutes({ connection, runner }: ServiceContext) {
  return {
    'GET /consultants/{programme}': async (asked, response) => {
      const { programme } = asked.params;
      const firms = await runner.startingWith<ConsultantsFirm>(
        consultantsFirm.collection,
        consultantsFirmId(programme, ''),
      );
      const known = await runner.startingWith<Consultant>(consultant.collection, consultantId(programme, ''));
      const codes = known.map((c) => c.consultant);
      const loadOf = await loadsOf(connection, programme, codes);
      const shown: Schemas['Register'] = {
        firms: firms.map(({ programme: _p, ...firm }) => firm),
        consultants: known.map((c) => shownConsultant(c, loadOf(c.consultant))),
      };
      response.json(shown);
    },
    'GET /consultants/{programme}/{consultant}': async (asked, response) => {
      const { programme, consultant: code } = asked.params;
      const id = consultantId(programme, code);
      const found = (await runner.load<Consultant>(consultant.collection, [id])).get(id);
      if (!found)
        throw problemOf({ code: 'consultant_unknown', kind: 'unknown', detail: `there is no consultant ${code}` });
      response.json(shownConsultant(found, (await loadsOf(connection, programme, [code]))(code)));
    },
    'GET /assignments/{programme}/{siret}/proposal': async (asked, response) => {
      const { programme } = asked.params;
      const { themes, halfDays } = asked.query;
      const { basin, budget, sessions } = await findAssignment(runner, asked.params);
      const left = (budget ?? 0) - sessions.reduce((sum, s) => sum + s.halfDays, 0);
      const need = {
        basin,
        themes: themes?.split(',') ?? [],
        halfDays: halfDays ?? Math.max(0, left),
      };
      const consultants = await runner.startingWith<Consultant>(consultant.collection, consultantId(programme, ''));
      const codes = consultants.map((c) => c.consultant);
      const { candidates, excluded } = propose(need, consultants, await loadsOf(connection, programme, codes));
      const shown: Schemas['Proposal'] = {
        ...need,
        candidates: candidates.map((c) => ({ ...c, reasons: [...c.reasons] })),
        excluded: [...excluded],
      };
      response.json(shown);
    },
  } satisfies Partial<OwnRoutes<'consulting'>>;
}

function shownConsultant({ programme: _p, ...known }: Consultant, load: Load): Schemas['Consultant'] {
  return { ...known, load };
}
