import { own } from '@gpect/domain-values/records';

/** Why the rules of the programme refuse something; `code` is stable. */
interface Refused {
  readonly code: string;
  readonly value?: string;
  readonly state?: string;
  readonly allowed?: readonly string[];
}

/**
 * What a clerk is told where a line of a file is refused by a rule of the programme, by the refusal's code: what is wrong, and
 * what to do. `{value}`, `{state}` and `{allowed}` stand for what the refusal says.
 */
export const REFUSALS_IN_FRENCH: Readonly<Record<string, readonly [what: string, todo: string]>> = {
  date_in_future: ['ce jour n’est pas encore venu ({value})', 'écrivez le jour où cela a eu lieu'],
  date_too_early: [
    'ce jour ({value}) est antérieur à ce qu’il doit suivre (détection, convention, demande)',
    'corrigez l’une des deux dates',
  ],
  transition_forbidden: [
    'ce n’est pas possible dans l’état du dossier ({state})',
    'possible maintenant : {allowed} ; retirez ou corrigez la ligne',
  ],
  already_detected: [
    'ce SIRET a déjà un dossier dans le programme, avec d’autres indications',
    'reprenez celles du dossier, ou retirez la ligne',
  ],
  commune_unknown: [
    'ce n’est le code d’aucune commune, d’aujourd’hui ou d’avant sa fusion ({value})',
    'donnez le code INSEE, pas le code postal',
  ],
  basin_contradicts_commune: [
    'la commune est d’un autre bassin que {value}',
    'corrigez l’un des deux, ou dites pourquoi l’entreprise y est suivie (motif_bassin)',
  ],
  basin_missing: ['la commune ne donne pas le bassin à elle seule', 'écrivez l’un de ceux de l’action : {allowed}'],
  zones_not_loaded: [
    'les zones d’emploi de cette édition ne sont pas chargées ici ({value})',
    'nommez plutôt les communes de chaque bassin',
  ],
  zones_unknown: ['cette zone d’emploi n’est pas de cette édition ({value})', 'vérifiez son code et l’édition'],
  communes_twice: ['cette commune est dans deux bassins ({value})', 'laissez-la dans un seul'],
  basin_unknown: ['ce bassin n’est pas de cette action', 'écrivez l’un des bassins de l’action'],
  criterion_missing: ['la grille de maturité demande d’autres critères', 'qualifiez cette entreprise par l’API'],
  score_out_of_range: ['une note est hors de la grille de maturité', 'écrivez une note de 0 à 4'],
  firm_unknown: ['cette entreprise n’a pas été détectée dans le programme', 'envoyez d’abord sa détection'],
  action_unknown: [
    'cette action n’est pas lancée, ou son lancement n’est pas encore arrivé',
    'vérifiez son code, ou renvoyez la ligne plus tard',
  ],
  assignment_unknown: [
    'cette entreprise n’a pas d’accompagnement ouvert, ou son adhésion n’est pas encore arrivée',
    'vérifiez le SIRET, ou renvoyez la ligne plus tard',
  ],
  session_differs: [
    'cette séance est enregistrée avec un autre contenu',
    'donnez un numéro à la nouvelle séance, ou corrigez celle qui est enregistrée',
  ],
  session_cancelled: ['cette séance a été annulée', 'donnez un autre numéro à celle qui la remplace'],
  stage_backwards: ['les étapes ne reviennent pas en arrière', 'corrigez l’étape ou la date de la séance'],
  consultant_unfit: ['ce consultant ne peut pas tenir cette séance', 'vérifiez son code auprès de son cabinet'],
  workshop_differs: [
    'cet atelier est prévu autrement',
    'donnez un numéro au nouvel atelier, ou déplacez celui qui est prévu',
  ],
  workshop_unknown: ['cet atelier n’existe pas', 'envoyez d’abord le fichier des ateliers'],
  attendance_differs: ['une autre présence est enregistrée pour cette entreprise', 'corrigez-la par l’API'],
  firm_not_enrolled: [
    'cette entreprise n’a pas adhéré à l’action de l’atelier, ou son adhésion n’est pas encore arrivée',
    'vérifiez le SIRET, ou renvoyez la ligne plus tard',
  ],
  hours_reversed: ['l’atelier finirait avant de commencer', 'corrigez ses heures'],
  survey_not_requested: [
    'cette entreprise n’est pas interrogée à cette vague, ou l’événement qui la demande n’est pas encore arrivé',
    'vérifiez le SIRET et la vague, ou renvoyez la ligne plus tard',
  ],
  verbatim_unknown: ['aucune parole de cette entreprise n’est enregistrée sous ce numéro', 'vérifiez le numéro'],
  verbatim_differs: [
    'une autre parole de cette entreprise est enregistrée sous ce numéro',
    'donnez un autre numéro à la nouvelle',
  ],
  answer_differs: ['cette entreprise a répondu autrement à cette vague', 'retirez la ligne'],
  answer_unfit: ['une réponse ne va pas à sa question', 'corrigez-la d’après le questionnaire'],
  answers_missing: [
    'il manque des réponses',
    'remplissez les cellules vides, ou envoyez des réponses partielles par l’API',
  ],
  trends_before: ['les tendances ne sont demandées qu’à la vague d’après', 'retirez ces colonnes'],
  answers_unknown: ['cette question n’est pas du questionnaire', 'retirez la colonne'],
  trends_unknown: ['cette tendance n’est pas du questionnaire', 'retirez la colonne'],
  survey_unknown: [
    'cette entreprise n’a encore été interrogée sur rien, ou son adhésion n’est pas encore arrivée',
    'vérifiez le SIRET, ou renvoyez la ligne plus tard',
  ],
  criterion_unknown: ['ce critère n’est pas de la grille de maturité ({value})', 'retirez la colonne'],
  into_unknown: [
    'aucun autre dossier de ce SIRET ne peut continuer celui-ci',
    'vérifiez le SIRET du dossier qui continue',
  ],
  session_unknown: ['cette séance n’est pas enregistrée ({value})', 'vérifiez son numéro'],
  item_unknown: ['cette action n’est pas du plan de l’entreprise ({value})', 'vérifiez son numéro'],
  item_twice: ['cette action est nommée deux fois ({value})', 'nommez-la une fois'],
  done_in_part: ['ce qui est fait est fait à 100 %', 'corrigez l’avancement ou l’état'],
  reason_missing: ['il faut dire pourquoi', 'écrivez la raison'],
  contact_differs: ['ce contact est enregistré avec un autre contenu', 'donnez un numéro au nouveau contact'],
  wake_up_too_early: ['le jour du rappel n’est pas après celui du contact', 'convenez d’un jour plus tardif'],
  meeting_differs: ['cette réunion est enregistrée avec un autre contenu', 'donnez un numéro à la nouvelle réunion'],
  decision_twice: ['un numéro de décision sert deux fois ({value})', 'donnez à chacune le sien'],
  plan_out_of_order: ['les dates du plan ne se suivent pas', 'corrigez-les'],
  action_exists: ['cette action a été lancée autrement', 'reprenez ce qui a été lancé, ou donnez un autre code'],
  project_not_selected: [
    'l’appel n’a pas retenu ce projet ({value})',
    'attendez la décision de l’État et de la Région',
  ],
  programme_unknown: ['ce programme n’est pas ouvert ({value})', 'vérifiez son code'],
  programme_exists: ['ce programme est ouvert avec d’autres règles', 'reprenez ses règles, ou donnez un autre code'],
  period_reversed: ['la période finit avant de commencer', 'corrigez l’une des deux dates'],
  least_firms_too_few: [
    'un chiffre dit sur moins de 3 entreprises ({value}) laisserait chacune déduire celui de l’autre',
    'donnez 3 ou plus',
  ],
  basins_twice: ['ce bassin est nommé deux fois ({value})', 'nommez-le une fois'],
  criteria_twice: ['ce critère est nommé deux fois ({value})', 'nommez-le une fois'],
  audience_not_invited: ['l’atelier n’est pas pour ce public', 'vérifiez le public de l’atelier'],
  person_unknown: ['personne n’est inscrit sous ce numéro ({value})', 'inscrivez d’abord la personne'],
  person_differs: ['cette personne est inscrite avec d’autres indications', 'reprenez-les, ou donnez un autre numéro'],
  proposal_unknown: ['cette proposition n’est pas du programme d’ateliers ({value})', 'vérifiez son numéro'],
  siret_missing: ['le SIRET manque', 'donnez celui de l’entreprise du dirigeant'],
  event_breaks_contract: [
    'c’est une faute du programme, pas de la ligne, qui est juste',
    'signalez-la à l’exploitation, et renvoyez la ligne une fois la faute réparée',
  ],
  event_too_large: ['la ligne contient plus que le système ne peut transmettre', 'raccourcissez ses textes'],
  more_unknown: ['cette question n’est pas de la version du questionnaire qui s’applique', 'videz cette cellule'],
};

/** The sentence; undefined where a code has none yet. */
export function frenchOfRefusal({ code, value = '', state = '', allowed = [] }: Refused): string | undefined {
  const found = own(REFUSALS_IN_FRENCH, code);
  if (!found) return undefined;
  const said = new Map([
    ['value', value],
    ['state', state],
    ['allowed', allowed.join(', ') || 'rien'],
  ]);
  return `${found[0]}\u00a0: ${found[1]}`.replace(/\{(\w+)\}/g, (_all, name: string) => said.get(name) ?? '');
}
