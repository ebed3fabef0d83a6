import type { components } from '@gpect/contracts/generated/api-reporting';
import { Problem } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { answering } from '../answers/answers.js';
import { provenanceOf } from '../bilan/bilan.js';
import { programmeUnknown, requireProgramme } from '../programmes/programmes.js';
import type { ReleaseHead } from '../releases/release.js';
import type { Releaser } from '../releases/releaser.js';
import { releasesFor } from '../releases/store.js';
import { ofNoFirm } from '../secrecy/disclosed.js';

export function releaseRoutes({ connection }: ServiceContext, releaser: Releaser) {
  return answering<'GET /releases' | 'POST /releases'>(
    {
      'GET /releases': async ({ query: { programme } }) => {
        await requireProgramme(connection, programme);
        return ofNoFirm({ releases: (await releasesFor(connection, programme)).map(told) });
      },

      'POST /releases': async ({ body: { programme } }) => {
        const made = await releaser.make(programme, 'REQUEST');
        if (made === undefined) throw programmeUnknown(programme, 'rule');
        if (made === 'exists')
          throw new Problem(409, 'released-today', 'Released once a day', {
            detail: `the figures of ${programme} were released today already: the next release can be made tomorrow`,
            french: `les chiffres de ${programme} ont déjà été publiés aujourd’hui\u00a0: la prochaine publication est possible demain`,
          });
        return ofNoFirm(told(made));
      },
    },
    ['POST /releases'],
  );
}

function told(release: ReleaseHead): components['schemas']['Release'] {
  const { programme, date, madeAt, madeBy, positions, rule, cells, masked } = release;
  return {
    programme,
    date,
    madeAt: madeAt.toISOString(),
    madeBy,
    topics: provenanceOf(new Map(Object.entries(positions))),
    rule,
    cells,
    masked,
  };
}
