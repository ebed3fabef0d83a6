import { valuesOf } from '@gpect/contracts/event-contracts';
import { own } from '@gpect/domain-values/records';
import { participation } from '@gpect/drawings/participation';
import { typeset } from '@gpect/typesetting/typography';
import { labelOf } from '../../labels.js';
import { capital, type Told } from '../../words.js';
import { estimateBlocks } from '../estimate-blocks.js';
import { type Block, chapter, table } from '../report.js';

/** What was done with the firms, and who of them took part. */
export function supportChapter(told: Told) {
  const { bilan, say, count } = told;
  const { figures } = bilan;
  // What is not counted in the part is not among what was done in it.
  const done = (id: keyof typeof figures & string, label: string) =>
    told.isCounted(id) ? [{ value: count(id, own(figures, id) ?? null), label }] : [];
  return chapter(say('L’accompagnement', 'The support'), [
    {
      kind: 'figures',
      figures: [
        ...done('sessions', say('séances d’appui-conseil dans les entreprises', 'consulting sessions in firms')),
        ...done('halfDays', say('demi-journées de conseil', 'half-days of consulting')),
        ...done('workshops', say('animations collectives', 'workshops')),
        ...done('invited', say('invitations à issue connue', 'invitations with a known outcome')),
        ...done('attended', say('présences à ces animations', 'attended of them')),
        ...(figures.planItems
          ? done(
              'planItems',
              say(
                `actions inscrites aux plans des entreprises, dont ${count('planItemsDone', figures.planItemsDone ?? null)} menées à bien`,
                `items in the plans of firms, ${count('planItemsDone', figures.planItemsDone ?? null)} of them done`,
              ),
            )
          : []),
      ],
    },
    ...heatMap(told),
    themes(told),
    ...estimateBlocks(told, 'delivery'),
    ...estimateBlocks(told, 'participation'),
  ]);
}

/** On what the work was, where it is told. */
function themes({ bilan, language, say, label }: Told): Block | undefined {
  const ids = ['sessions', 'halfDays', 'workshops'] as const;
  const byTheme = Object.entries(own(bilan.cuts, 'theme') ?? {}).filter(
    ([theme, counts]) => theme !== '' && ids.some((id) => own(counts, id) !== 0),
  );
  return table({
    title: say('Par thème', 'By theme'),
    head: [say('Thème', 'Theme'), ...ids.map(label)],
    rows: byTheme.map(([theme, counts]) => [
      capital(labelOf('THEMES', theme, language)),
      ...ids.map((id) => own(counts, id) ?? null),
    ]),
  });
}

function heatMap({ bilan, language, say }: Told): Block[] {
  const stages = valuesOf('Stage').filter((stage) => bilan.participationByStage[stage]);
  if (stages.length === 0) return [];
  const groups = valuesOf('Participant');
  const text = (plain: string) => typeset(capital(plain), language);
  const drawing = participation(
    {
      rows: stages.map((stage) => text(labelOf('STAGES', stage, language))),
      columns: groups.map((group) => text(labelOf('GROUPS', group, language))),
      cells: stages.map((stage) => {
        const counts = bilan.participationByStage[stage] ?? {};
        return groups.map((group) => (Object.hasOwn(counts, group) ? (counts[group] ?? null) : 0));
      }),
    },
    {
      title: say(
        'Séances auxquelles chaque groupe a pris part, par étape',
        'Sessions in which each group took part, by stage',
      ),
      rows: say('Étape', 'Stage'),
      counted: say('séances', 'sessions'),
    },
    language,
  );
  return [
    {
      kind: 'text',
      text: say(
        'La participation des salariés à chaque étape est la méthode même du dispositif : voici qui était là.',
        'That employees take part at each stage is the method of the programme: this is who was there.',
      ),
    },
    { kind: 'drawing', drawing },
  ];
}
