import { valuesOf } from '@gpect/contracts/event-contracts';
import { own } from '@gpect/domain-values/records';
import type { Bilan } from '../bilan/shape.js';
import { COUNTS } from '../figures/registry.js';
import { SECRECY_RULE, WITHOUT_SECRECY } from '../secrecy/rule.js';
import { detailSheet } from './detail-sheet.js';
import { estimatesSheet } from './estimate-sheet.js';
import { type Language, labelOf } from './labels.js';
import { listSheets } from './list-sheets.js';
import type { Names } from './names.js';
import { day, euros, MASKED, type Sheet, type SheetCell, SIGNS } from './sheet.js';
import { surveySheets } from './survey-sheets.js';
import { capital, toldIn } from './words.js';

/** In a sentence, as in a cell. */
const told = (count: number | null): string => (count === null ? MASKED : String(count));

/** The bilan as its readers read it: the chapters of the synthesis of 2014, one table each. */
export function bilanSheets(bilan: Bilan, names: Names, language: Language): Sheet[] {
  const all = toldIn(bilan, names, language);
  const { say, label, cell } = all;
  const groups = (title: string, first: string, byCode: Bilan['byBasin'], nameOf: (code: string) => string): Sheet => ({
    title,
    head: [first, ...COUNTS.map(label)],
    rows: Object.entries(byCode).map(([code, figures]): SheetCell[] => [
      nameOf(code),
      ...COUNTS.map((id) => cell(id, own(figures, id))),
    ]),
  });
  const { spend, survey } = bilan;
  return [
    {
      title: say('Entreprises touchées et actions réalisées', 'Firms reached and work done'),
      head: [say('Indicateur', 'Indicator'), say('Nombre', 'Number')],
      rows: COUNTS.map((id) => [label(id), cell(id, own(bilan.figures, id))]),
    },
    groups(
      say('Par bassin d’emploi', 'By employment basin'),
      say('Bassin d’emploi', 'Employment basin'),
      bilan.byBasin,
      all.basin,
    ),
    groups(
      say('Par action collective', 'By collective action'),
      say('Action collective', 'Collective action'),
      bilan.byAction,
      all.action,
    ),
    {
      title: say('Participation des acteurs de l’entreprise', 'Participation within the firms'),
      head: [say('Groupe', 'Group'), say('Séances', 'Sessions')],
      rows: Object.entries(bilan.participation).map(([group, count]) => [
        capital(labelOf('GROUPS', group, language)),
        count,
      ]),
    },
    {
      title: say('Participation à chaque étape', 'Participation at each stage'),
      head: [
        say('Étape', 'Stage'),
        ...valuesOf('Participant').map((group) => capital(labelOf('GROUPS', group, language))),
      ],
      rows: valuesOf('Stage').flatMap((stage): SheetCell[][] => {
        const groups = bilan.participationByStage[stage];
        if (!groups) return [];
        return [
          [
            capital(labelOf('STAGES', stage, language)),
            ...valuesOf('Participant').map((group) => (Object.hasOwn(groups, group) ? (groups[group] ?? null) : 0)),
          ],
        ];
      }),
    },
    ...listSheets(all),
    ...surveySheets(all),
    {
      title: say('Évolution économique déclarée', 'Economic trends as declared'),
      head: [say('Évolution', 'Trend'), say('En hausse', 'Up'), say('Stable', 'Stable'), say('En baisse', 'Down')],
      rows: Object.entries(survey.trends).map(([name, t]) => [
        capital(labelOf('TRENDS', name, language)),
        t.UP,
        t.STABLE,
        t.DOWN,
      ]),
    },
    {
      title: say('Dépenses de formation (euros)', 'Training spend (euros)'),
      head: [say('Dépenses', 'Spend'), say('Montant', 'Amount')],
      rows: [
        [say('Total', 'Total'), cell('spend', euros(spend.totalCents))],
        ...Object.entries(spend.byFunderCents).map(([funder, cents]): SheetCell[] => [
          labelOf('FUNDERS', funder, language),
          euros(cents),
        ]),
        ...Object.entries(spend.bySchemeCents).map(([scheme, cents]): SheetCell[] => [
          labelOf('SCHEMES', scheme, language),
          euros(cents),
        ]),
        [label('spendEnrolled'), cell('spendEnrolled', euros(spend.enrolledFirmsCents))],
      ],
    },
    {
      title: say('Plateformes', 'Platforms'),
      head: [
        say('Plateforme', 'Platform'),
        say('Actions', 'Actions'),
        say('État', 'State'),
        say('Constaté le', 'As seen on'),
      ],
      rows: bilan.platforms.map(({ name, actions, state, seenOn, endedOn }) => [
        name,
        actions.map((a) => own(names.actions, a) ?? a).join(', '),
        state ? labelOf('PLATFORM_STATES', state, language) : '',
        day(endedOn ?? seenOn),
      ]),
    },
    {
      title: say('Coopérations effectives des acteurs du territoire', "Cooperation of the territory's actors"),
      head: [
        say('Action', 'Action'),
        say('Coopérations effectives au début', 'Effective cooperation at the start'),
        say('sur', 'of'),
        say('à la fin', 'at the end'),
        say('sur', 'of'),
      ],
      rows: bilan.cooperation.map(({ action, start, end }) => [
        own(names.actions, action) ?? action,
        start?.together ?? '',
        start?.pairs ?? '',
        end?.together ?? '',
        end?.pairs ?? '',
      ]),
    },
    {
      title: say('Vision des territoires', 'Vision of the territories'),
      head: [say('Action', 'Action'), say('Vision', 'Vision'), say('Thèmes (entreprises)', 'Themes (firms)')],
      rows: bilan.visions.map(({ action, vision, issues }) => [
        own(names.actions, action) ?? action,
        vision,
        issues.map(({ theme, firms }) => `${labelOf('THEMES', theme, language)} (${told(firms)})`).join(', '),
      ]),
    },
    {
      title: say('Animation régionale des consultants', 'Regional animation of consultants'),
      head: [say('Échanges de pratiques', 'Exchanges of practices'), say('Consultants venus', 'Consultants who came')],
      rows: bilan.animation.exchanges > 0 ? [[bilan.animation.exchanges, bilan.animation.consultants]] : [],
    },
    estimatesSheet(bilan, language),
    detailSheet(all),
    {
      title: say('Définitions et sources', 'Definitions and sources'),
      head: [
        say('Indicateur', 'Indicator'),
        say('Définition', 'Definition'),
        say('Calcul', 'Formula'),
        say('Entreprises', 'Firms'),
      ],
      rows: bilan.definitions.map((d) => [
        label(d.id),
        (language === 'fr' ? d.definitionFr : d.definitionEn) ?? d.definition,
        d.formula ?? '',
        cell(d.id, d.firms),
      ]),
      notes: bilan.secrecy === 'applied' ? [SECRECY_RULE[language], SIGNS[language]] : [WITHOUT_SECRECY[language]],
    },
    {
      title: say('Provenance : dernier événement lu', 'Provenance: last event read'),
      head: [say('Sujet Kafka', 'Kafka topic'), say('Partition', 'Partition'), say('Position suivante', 'Next offset')],
      rows: Object.entries(bilan.provenance.topics).flatMap(([topic, partitions]) =>
        Object.entries(partitions).map(([partition, offset]) => [topic, Number(partition), Number(offset)]),
      ),
    },
  ];
}
