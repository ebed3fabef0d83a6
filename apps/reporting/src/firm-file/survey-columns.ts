import { valuesOf } from '@gpect/contracts/event-contracts';
import { choiceMark } from '../facts/choice-mark.js';
import type { Documents } from '../programmes/documents.js';
import { THOUSANDTHS } from '../survey/facts.js';
import type { MadeColumn } from './column.js';

type Question = NonNullable<Documents['questionnaires']>[number]['questions'][number];

const WAVES = valuesOf('Wave');
type Wave = (typeof WAVES)[number];
const NAMES: Readonly<Record<Wave, readonly [fr: string, en: string]>> = {
  BEFORE: ['avant', 'before'],
  AFTER: ['après', 'after'],
};

/** Measures that these columns are made from, beside those of figures. */
export const OF_SURVEY = ['=drawn:*', '=number:*', '=mark:*'] as const;

/** Whom samples drew, and what was answered to the questions that a programme added; texts are in no file. */
export function surveyColumns({ questionnaires = [] }: Pick<Documents, 'questionnaires'>): MadeColumn[] {
  const questions = new Map(
    questionnaires.flatMap((version) => version.questions.map((q) => [q.question, q] as const)),
  );
  const asked = [...questions.values()].filter(({ kind }) => kind !== 'TEXT');
  return [
    ...WAVES.map(drawnColumn),
    ...asked.flatMap((question) => question.waves.map((wave) => addedColumn(question, wave))),
  ];
}

function drawnColumn(wave: Wave): MadeColumn {
  const [fr, en] = NAMES[wave];
  return {
    column: `drawn.${en}`,
    labelFr: `Tirée pour l’enquête – ${fr}`,
    labelEn: `Drawn for the survey – ${en}`,
    definitionFr: 'L’entreprise est d’un échantillon tiré pour cette vague.',
    definitionEn: 'The firm is of a sample that was drawn for this wave.',
    kind: 'NUMBER',
    unit: '1 = oui / yes, 0 = non / no',
    codes: [],
    valueOf: ({ firm }) => Number(firm.said.has(`=drawn:${wave}`)),
  };
}

function addedColumn({ question, kind, label, english, choices = [] }: Question, wave: Wave): MadeColumn {
  const [fr, en] = NAMES[wave];
  const codes = choices.map((choice, i) => ({ code: i + 1, labelFr: choice, labelEn: choice }));
  const isChoice = kind === 'CHOICE';
  return {
    column: `added.${question}.${en}`,
    labelFr: `${label} – ${fr}`,
    labelEn: `${english ?? label} – ${en}`,
    definitionFr: `Réponse à une question ajoutée par le dispositif, vague « ${fr} » ; vide quand il n’y en a pas.`,
    definitionEn: `Answer to a question that the programme added, wave "${en}"; empty where there is none.`,
    kind: isChoice ? 'CODE' : 'NUMBER',
    ...(isChoice ? {} : { unit: kind === 'SCORE' ? '1–5' : 'number' }),
    codes: isChoice ? codes : [],
    valueOf: ({ firm }) => {
      const [[, said] = [undefined, undefined]] =
        firm.said.get(`${isChoice ? '=mark' : '=number'}:${wave}:${question}`) ?? [];
      if (said === undefined) return null;
      if (!isChoice) return said / THOUSANDTHS;
      const at = choices.findIndex((choice) => choiceMark(choice) === said);
      return at < 0 ? null : at + 1;
    },
  };
}
