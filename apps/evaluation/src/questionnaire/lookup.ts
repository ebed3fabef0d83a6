import type { CommandRunner } from '@gpect/service-kit/aggregate/command-runner';
import { questionnaire, questionnaireId } from './questionnaire.js';
import type { Version } from './questions.js';

/** Every version of a programme's questionnaire, the first first. */
export async function versionsOf(runner: CommandRunner, programme: string): Promise<readonly Version[]> {
  const id = questionnaireId(programme);
  const found = (await runner.load<readonly Version[]>(questionnaire.collection, [id])).get(id);
  return found ?? questionnaire.initial;
}
