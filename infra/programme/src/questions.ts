/** The nine questions of the survey, as a committee reads them. */
export const QUESTIONS: Readonly<Record<string, string>> = {
  strategy_clear: 'stratégie claire',
  strategy_shared: 'stratégie partagée avec les salariés',
  time_for_anticipation: "temps consacré à l'anticipation",
  information_flows: "circulation de l'information",
  roles_clear: 'rôles et missions clairs',
  social_climate: 'bon climat social',
  staff_representation_dialogue: 'dialogue avec la représentation du personnel',
  training_priority: 'priorité donnée à la formation',
  training_policy_exists: 'politique de formation',
};
