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
      const [tables, sums, actions] = await feed.answer(
        `truth ${Date.now()}`,
        async ({ cube, small }) =>
          [
            await tablesFrom(cube, programme),
            sumsOf(cube.measures()),
            [...small.actions.values()].filter((action) => action.programme === programme),
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
