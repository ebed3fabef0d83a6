type Labels = Readonly<Record<string, readonly [fr: string, en: string]>>;

/** Who detected a firm. */
export const ORIGINS: Labels = {
  PORTEUR: ['structure porteuse', 'carrier'],
  OPCA: ['OPCA', 'OPCA'],
  BRANCHE: ['branche professionnelle', 'branch'],
  MAISON_EMPLOI: ["maison de l'emploi", 'employment house'],
};

export const PHASES: Labels = {
  BUILDING: ['construction', 'building'],
  QUALIFICATION: ['repérage et qualification', 'qualification'],
  CONSULTING: ['appui-conseil', 'consulting'],
  EVALUATION: ['évaluation', 'evaluation'],
};

export const PROJECT_OUTCOMES: Labels = {
  SUBMITTED: ['déposé', 'submitted'],
  SELECTED: ['retenu', 'selected'],
  REJECTED: ['refusé', 'rejected'],
};

/** Codes of parts of figures that no other kind has: outcomes, kinds and states of what is counted. */
export const PART_CODES: Labels = {
  NOT_REACHED: ['non jointe', 'not reached'],
  INTERESTED: ['intéressée', 'interested'],
  UNDECIDED: ['indécise', 'undecided'],
  NOT_INTERESTED: ['non intéressée', 'not interested'],
  VISIT: ['visite', 'visit'],
  MEETING: ['réunion', 'meeting'],
  CALL: ['appel', 'call'],
  VIDEO: ['visioconférence', 'video call'],
  MAIL: ['courrier', 'mail'],
  MESSAGE: ['message', 'message'],
  OUTSTANDING: ['en attente', 'outstanding'],
  UNDER_WAY: ['en cours', 'under way'],
  DONE: ['faite', 'done'],
  DROPPED: ['abandonnée', 'dropped'],
  NO_TIME: ['manque de temps', 'lack of time'],
  NOT_THE_MOMENT: ['pas le moment', 'not the moment'],
  NO_NEED: ['pas de besoin', 'no need'],
  COST: ['coût', 'cost'],
  ECONOMIC_DIFFICULTIES: ['difficultés économiques', 'economic difficulties'],
  CHANGE_OF_MANAGER: ['changement de dirigeant', 'change of manager'],
  OTHER_SUPPORT: ['autre accompagnement en cours', 'other support already'],
  DISAGREEMENT: ['désaccord (offre, méthode, consultant)', 'disagreement (offer, method, consultant)'],
  CLOSURE: ['cessation ou déménagement', 'closure or move'],
  OTHER: ['autre', 'other'],
  MANAGERS: ['dirigeants', 'managers'],
  CONSULTANTS: ['consultants', 'consultants'],
  PARTNERS: ['partenaires', 'partners'],
  START: ['au début', 'at the start'],
  END: ['à la fin', 'at the end'],
  together: ['coopérations effectives', 'acting or deciding together'],
  pairs: ['liens observés', 'pairs looked at'],
  satisfied: ['satisfaits (4 ou 5)', 'satisfied (4 or 5)'],
  useful: ['jugés utiles (4 ou 5)', 'found useful (4 or 5)'],
  sources: ['sources', 'sources'],
  specificities: ['constats', 'findings'],
  revisions: ['révisions', 'revisions'],
};

export const MORE_UNITS: Labels = {
  document: ['document', 'document'],
  contact: ['contact', 'contact'],
  'pair of actors': ["paire d'acteurs", 'pair of actors'],
  decision: ['décision', 'decision'],
  deliverable: ['livrable', 'deliverable'],
  detection: ['repérage', 'detection'],
  feedback: ['avis', 'feedback'],
  issue: ['difficulté', 'issue'],
  partner: ['partenaire', 'partner'],
  person: ['personne', 'person'],
  phase: ['phase', 'phase'],
  'platform of an action': ["plateforme d'une action", 'platform of an action'],
  'group in a session': ['groupe présent à une séance', 'group in a session'],
  project: ['projet', 'project'],
  suspension: ['suspension', 'suspension'],
  deferral: ['report', 'deferral'],
  'firm aimed at': ['entreprise visée', 'firm aimed at'],
};
