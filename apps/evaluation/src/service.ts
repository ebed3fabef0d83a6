import { actionFacts, KNOWN_ACTIONS } from '@gpect/enrolment-facts/known-actions';
import { fileImports } from '@gpect/file-imports/file-imports';
import { importRoutes } from '@gpect/file-imports/import-routes';
import { partnerEvents } from '@gpect/partner-events/partner-events';
import { allRoutes } from '@gpect/service-kit/http/dispatch';
import { type Facts, withFacts } from '@gpect/service-kit/inbox/event-handler';
import type { ServiceDefinition } from '@gpect/service-kit/service/definition';
import { Rounds } from '@gpect/service-kit/service/rounds';
import { answerRoutes } from './answers/routes.js';
import { cooperation } from './cooperation/cooperation.js';
import { cooperationRoutes } from './cooperation/routes.js';
import { practices } from './practices/practices.js';
import { practiceRoutes } from './practices/routes.js';
import { versionsOf } from './questionnaire/lookup.js';
import { questionnaire } from './questionnaire/questionnaire.js';
import { questionnaireRoutes } from './questionnaire/routes.js';
import { frameFacts, indexFrame, SURVEYED_FIRMS } from './sample/frame.js';
import { remindAll } from './sample/reminders.js';
import { sampleRoutes } from './sample/routes.js';
import { sample } from './sample/sample.js';
import { indexSampled } from './sample/sampled.js';
import { answersFile } from './survey/answers-file.js';
import { ensureRespondentKey, SECRETS } from './survey/names.js';
import { evaluationOwnership } from './survey/owners.js';
import { partnerCommands } from './survey/partner-commands.js';
import { surveyReactions } from './survey/reactions.js';
import { surveyRoutes } from './survey/routes.js';
import { survey } from './survey/survey.js';

/** What is measured of the programme: the before/after survey of the firms, cooperation, practices seen by OPCAs. */
export const evaluation: ServiceDefinition<'evaluation'> = {
  name: 'evaluation',
  aggregates: [
    survey.collection,
    questionnaire.collection,
    sample.collection,
    cooperation.collection,
    practices.collection,
  ],
  collections: [SECRETS, SURVEYED_FIRMS, KNOWN_ACTIONS],
  routes: (context) =>
    allRoutes(
      surveyRoutes(context),
      questionnaireRoutes(context),
      sampleRoutes(context),
      answerRoutes(context),
      cooperationRoutes(context),
      practiceRoutes(context),
      importRoutes<'evaluation'>(context, async ({ programme, wave }, today) =>
        answersFile(programme, wave, await versionsOf(context.runner, programme), today),
      ),
    ),
  ownership: evaluationOwnership,
  extensions: [fileImports, partnerEvents({ commands: partnerCommands })],
  events: ({ connection }) =>
    withFacts({ ...surveyReactions, facts: frameFacts(connection) as Facts }, actionFacts(connection)),
  indexes: async (connection) => {
    await ensureRespondentKey(connection);
    await indexFrame(connection);
    await indexSampled(connection);
  },
  background: (context) => new Rounds(() => remindAll(context), context.logger),
};
