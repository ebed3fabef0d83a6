import { platforms } from '@gpect/drawings/platforms';
import { typeset } from '@gpect/typesetting/typography';
import { labelOf } from '../../labels.js';
import { decisionsSheet, projectsSheet } from '../../list-sheets.js';
import { day } from '../../sheet.js';
import type { Told } from '../../words.js';
import { written } from '../../written.js';
import { estimateBlocks } from '../estimate-blocks.js';
import { type Block, chapter, table } from '../report.js';

/** What the actors of the territory do together, and what lasts. */
export function actorsChapter(told: Told) {
  const { bilan, language, say, action } = told;
  const { animation } = bilan;
  const said = (count: number | null) => written(count, language);
  return chapter(say('Les acteurs du territoire', 'The actors of the territory'), [
    ...timeline(told),
    table({
      title: say('Plateformes : leur état', 'Platforms: their state'),
      head: [
        say('Plateforme', 'Platform'),
        say('Actions', 'Actions'),
        say('Depuis', 'Since'),
        say('État', 'State'),
        say('Constaté le', 'As seen on'),
      ],
      rows: bilan.platforms.map(({ name, actions, establishedOn, state, seenOn, endedOn }) => [
        name,
        actions.map(action).join(', '),
        day(establishedOn),
        state ? labelOf('PLATFORM_STATES', state, language) : '',
        day(endedOn ?? seenOn),
      ]),
    }),
    table({
      title: say('Coopérations effectives', 'Effective cooperation'),
      head: [
        say('Action', 'Action'),
        say('Au début', 'At the start'),
        say('liens observés', 'pairs looked at'),
        say('À la fin', 'At the end'),
        say('liens observés', 'pairs looked at'),
      ],
      rows: bilan.cooperation.map(({ action: code, start, end }) => [
        action(code),
        start?.together ?? '',
        start?.pairs ?? '',
        end?.together ?? '',
        end?.pairs ?? '',
      ]),
      notes: [
        say(
          'Coopération effective : deux acteurs qui agissent ou décident ensemble.',
          'Effective cooperation: two actors that act or decide together.',
        ),
      ],
    }),
    table(
      decisionsSheet(
        told,
        say('Décisions des comités de pilotage en attente', 'Outstanding decisions of steering committees'),
      ),
    ),
    table(
      projectsSheet(told, say('Projets des appels, notes et résultats', 'Projects of the calls, scores and results')),
    ),
    table({
      title: say('Visions des territoires', 'Visions of territories'),
      head: [say('Action', 'Action'), say('Vision', 'Vision'), say('Thèmes (entreprises)', 'Themes (firms)')],
      rows: bilan.visions.map(({ action: code, vision, issues }) => [
        action(code),
        vision,
        issues.map(({ theme, firms }) => `${labelOf('THEMES', theme, language)} (${said(firms)})`).join(', '),
      ]),
    }),
    animation.exchanges > 0
      ? {
          kind: 'text',
          text: say(
            `Animation régionale : échanges de pratiques tenus : ${said(animation.exchanges)} ; consultants venus au moins une fois : ${said(animation.consultants)}.`,
            `Regional animation: exchanges of practices held: ${said(animation.exchanges)}; consultants who came at least once: ${said(animation.consultants)}.`,
          ),
        }
      : undefined,
    ...estimateBlocks(told, 'territory'),
  ]);
}

function timeline({ bilan, language, say }: Told): Block[] {
  const lives = bilan.platforms.filter(({ state }) => state !== undefined);
  if (lives.length === 0) return [];
  const drawing = platforms(
    lives.map(({ name, establishedOn, endedOn, seen = [] }) => ({
      label: typeset(name, language),
      ...(establishedOn ? { from: establishedOn } : {}),
      ...(endedOn ? { ended: endedOn } : {}),
      seen,
    })),
    {
      title: say('Les plateformes dans le temps', 'Platforms over time'),
      from: bilan.programme.opensOn,
      to: bilan.scope.asOf ?? bilan.programme.closesOn,
    },
    language,
  );
  const undated = lives.filter(({ establishedOn }) => !establishedOn).length;
  return [
    { kind: 'drawing', drawing },
    ...(undated > 0
      ? [
          {
            kind: 'note' as const,
            text: say(
              `Sans date de création (${written(undated, language)}) : dessinée dès l’ouverture du dispositif.`,
              `Without a day of establishment (${written(undated, language)}): drawn from the opening of the programme on.`,
            ),
          },
        ]
      : []),
  ];
}
