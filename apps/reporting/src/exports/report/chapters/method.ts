import { SECRECY_RULE, WITHOUT_SECRECY } from '../../../secrecy/rule.js';
import { phasesSheet } from '../../list-sheets.js';
import type { Told } from '../../words.js';
import { type Chapter, chapter, table } from '../report.js';

/** How all of it was counted, for whoever wants to answer for it. */
export function methodChapter({ bilan, language, say, label, isCounted }: Told): Chapter[] {
  const { beingCounted } = bilan;
  const notCounted = bilan.definitions.filter(({ id }) => !isCounted(id));
  return chapter(say('La méthode', 'The method'), [
    {
      kind: 'box',
      title: say('Comment lire ces chiffres', 'How to read these figures'),
      texts: [
        say(
          'Chaque chiffre est calculé à partir de ce que les partenaires ont enregistré, acte par acte : aucune saisie de totaux. Les mêmes enregistrements donnent les mêmes chiffres.',
          'Each figure is computed from what partners recorded, act by act: no totals are entered. The same records give the same figures.',
        ),
        say(
          'Une entreprise est un établissement (SIRET) ; celle dont le SIRET a changé compte une fois. Une animation collective compte, par bassin, dans le premier bassin de son action.',
          'A firm is an establishment (SIRET); one whose SIRET changed counts once. A workshop counts, by basin, for the first basin of its action.',
        ),
        say(
          'Les intervalles à 95 % disent l’incertitude des réponses et des écarts, non celle des enregistrements. Les hypothèses de chaque estimation figurent sous son tableau.',
          '95% intervals tell the uncertainty of answers and differences, not that of records. The assumptions of each estimate stand beneath its table.',
        ),
        bilan.secrecy === 'applied' ? SECRECY_RULE[language] : WITHOUT_SECRECY[language],
        ...(notCounted.length > 0
          ? [
              say(
                `Non comptés dans cette partie, ce qui n’est pas zéro : ${notCounted.map(({ id }) => label(id)).join(', ')}.`,
                `Not counted in this part, which is not zero: ${notCounted.map(({ id }) => label(id)).join(', ')}.`,
              ),
            ]
          : []),
        ...(beingCounted.length > 0
          ? [
              say(
                `En cours de comptage, et donc absents : ${beingCounted.map(label).join(', ')}.`,
                `Being counted, and therefore missing: ${beingCounted.map(label).join(', ')}.`,
              ),
            ]
          : []),
      ],
    },
  ]);
}

/** What each figure means. */
export function definitionsAnnex({ bilan, language, say, label, cell }: Told): Chapter[] {
  return chapter(say('Définitions', 'Definitions'), [
    {
      kind: 'table',
      sheet: {
        title: '',
        head: [say('Indicateur', 'Indicator'), say('Définition', 'Definition'), say('Entreprises', 'Firms')],
        rows: bilan.definitions.map((d) => [
          label(d.id),
          (language === 'fr' ? d.definitionFr : d.definitionEn) ?? d.definition,
          cell(d.id, d.firms),
        ]),
        notes: [
          say('Entreprises : celles sur lesquelles l’indicateur repose.', 'Firms: those that the indicator rests on.'),
        ],
      },
    },
  ]);
}

/** The numbers of every drawing, for whoever does not see it or wants to use them. */
export function drawingsAnnex({ say }: Told, chapters: readonly Chapter[]): Chapter[] {
  const drawings = chapters.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'drawing' ? [block.drawing] : [])),
  );
  return chapter(
    say('Les nombres des figures', 'The numbers of the figures'),
    drawings.map(({ title, table }) => ({
      kind: 'table' as const,
      sheet: { title, head: table.head, rows: table.rows },
    })),
  );
}

/** How long each phase of each action was planned, and how long it took. */
export function phasesAnnex(told: Told): Chapter[] {
  const { say } = told;
  return chapter(say('Les phases des actions', 'The phases of the actions'), [
    table(phasesSheet(told, '', say('au', 'to'))),
  ]);
}

/** Up to which event everything was read. */
export function provenanceAnnex({ bilan, say }: Told): Chapter[] {
  const rows = Object.entries(bilan.provenance.topics).flatMap(([topic, partitions]) =>
    Object.entries(partitions).map(([partition, offset]) => [topic, Number(partition), Number(offset)]),
  );
  return chapter(say('Provenance', 'Provenance'), [
    {
      kind: 'text',
      text: say(
        'Pour qui vérifie : le bilan compte tous les événements qui précèdent ces positions, et aucun autre.',
        'For whoever checks: the bilan counts all events before these positions, and no other.',
      ),
    },
    {
      kind: 'table',
      sheet: {
        title: '',
        head: [
          say('Sujet Kafka', 'Kafka topic'),
          say('Partition', 'Partition'),
          say('Position suivante', 'Next offset'),
        ],
        rows,
      },
    },
  ]);
}
