import { stateModel } from '@gpect/service-kit/aggregate/state-store';
import type mongoose from 'mongoose';
import { type Survey, survey } from '../survey/survey.js';
import type { Sample } from './sample.js';

export async function indexSampled(connection: mongoose.Connection): Promise<void> {
  await stateModel(connection, survey.collection).collection.createIndexes(
    ['BEFORE', 'AFTER'].map((wave) => ({ key: { 'state.programme': 1, [`state.waves.${wave}.sample`]: 1 } })),
  );
}

/** The surveys of the firms that a sample drew. */
export async function sampledSurveys(
  connection: mongoose.Connection,
  { programme, sample, wave }: Pick<Sample, 'programme' | 'sample' | 'wave'>,
): Promise<Survey[]> {
  const found = await stateModel(connection, survey.collection)
    .find({ 'state.programme': programme, [`state.waves.${wave}.sample`]: sample })
    .lean();
  // The collection of surveys holds surveys.
  return found.map((document) => document.state as Survey);
}
