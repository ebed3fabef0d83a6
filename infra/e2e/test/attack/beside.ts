import { PassThrough } from 'node:stream';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { connect, createDatabase } from '@gpect/service-kit/mongo/connection';
import { createLogger } from '@gpect/service-kit/observability/logger';
import type { Cell } from '../../../../apps/reporting/src/cube/cell.js';
import { Feed } from '../../../../apps/reporting/src/feed/feed.js';
import { figureCalled, figureIdOf, isAmount } from '../../../../apps/reporting/src/figures/registry.js';
import { sumsOf } from '../../../../apps/reporting/src/figures/sums.js';
import { tablesFrom } from '../../../../apps/reporting/src/releases/make.js';
import { Releaser } from '../../../../apps/reporting/src/releases/releaser.js';
import type { Field } from '../harness.js';
import { type Known, trueNumbers } from './equations.js';

/** One more reader of reporting's database, in the process of a test: it has every number, and a calendar of its own. */
export async function besideReporting({ stack }: Field) {
  const connection = createDatabase();
  await connect(connection, stack.mongoUrlOf('reporting'));
  const logger = createLogger('beside', 'warn', new PassThrough().resume());
  const feed = new Feed(connection, logger);
  await feed.start();
  return {
    /** Releases as on a day, whatever day it is. */
    release: (programme: string, day: CalendarDate) =>
      new Releaser(connection, feed, logger, () => day).make(programme, 'REQUEST'),
    /** Every number there is now, and what they say of each other. */
    async truth(programme: string) {
      const [tables, sums, actions, firms] = await feed.answer(
        `truth ${Date.now()}`,
        async ({ cube, small }) =>
          [
            await tablesFrom(cube, programme),
            sumsOf(cube.measures()),
            [...small.actions.values()].filter((action) => action.programme === programme),
            await cube.firms({ programme, measures: ['detected', 'accompanied', 'survey'] }),
          ] as const,
      );
      const of = (valuesOf: (action: (typeof actions)[number]) => readonly string[]) => {
        const byValue = new Map<string, string[]>();
        for (const action of actions)
          for (const value of valuesOf(action)) byValue.set(value, [...(byValue.get(value) ?? []), action.action]);
        return byValue;
      };
      const known: Known = {
        actionsOf: new Map([
          ['carrier', of(({ carriers = [] }) => carriers.map(({ code }) => code))],
          ['wave', of(({ call, startsOn }) => [call ?? startsOn?.slice(0, 4) ?? ''])],
        ]),
        sums,
        ofFacts: new Set(['year', 'theme']),
      };
      return {
        tables: tables as ReadonlyMap<string, readonly Cell[]>,
        numbers: trueNumbers(tables, countsFirms),
        known,
        firms: firms.map(({ place, said }) => ({ place, said: new Set(said.keys()) })),
      };
    },
    async stop() {
      await feed.stop();
      await connection.close();
    },
  };
}

/** Whether a measure is a number of firms: then it is its own number of firms. */
export const countsFirms = (measure: string): boolean => figureCalled(figureIdOf(measure))?.unit === 'firm';
/** What is left of an amount (`~spend:rest:…`) is one. */
export const isMoney = (measure: string): boolean => !measure.endsWith('#firms') && isAmount(measure);

/**
 * What is of actions, projects, workshops and the like, and of no firm and no person: it may be told of one. Named one by one,
 * so that a new figure is attacked until somebody says here that it is of no firm.
 */
const OF_NO_FIRM: ReadonlySet<string> = new Set([
  'calls',
  'cooperation',
  'decisions',
  'diagnostics',
  'exchanges',
  'frameworks',
  'partners',
  'phases',
  'platforms',
  'projects',
  'targetFirms',
  'visions',
  'workshops',
]);
export const isOfNoFirm = (measure: string): boolean => OF_NO_FIRM.has(figureIdOf(measure.replace(/#firms$/, '')));
