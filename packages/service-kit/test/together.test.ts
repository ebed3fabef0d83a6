import { expect, test } from '@jest/globals';
import type { Command, CommandRunner, Extras, Outcome } from '../src/aggregate/command-runner.js';
import { Together } from '../src/aggregate/together.js';
import { ConcurrencyConflict } from '../src/mongo/transaction.js';

/** Commands of requests that are answered at the same time; a command is its name, which it says. */
function meeting(fails: (names: readonly string[]) => Error | undefined = () => undefined) {
  const commits: string[] = [];
  const runner: Pick<CommandRunner, 'runAll'> = {
    runAll: async (commands: readonly Command[], beside: (said: readonly unknown[]) => Extras = () => ({})) => {
      const names = commands.map(({ extras }) => String(extras?.([]).said));
      await new Promise((resolve) => setImmediate(resolve));
      const error = fails(names);
      if (error) throw error;
      beside(names);
      commits.push(names.join(' '));
      return commands.map((): Outcome[] => []);
    },
  };
  const together = new Together(runner, {
    extras: () => ({}),
    committed: (said) => commits.push(`(${said.join(' ')})`),
  });
  const ask = (name: string, before: () => Promise<unknown> = async () => undefined) =>
    together.during(async () => {
      await before();
      return together.join({ targets: [], extras: () => ({ said: name }) });
    });
  return { commits, together, ask };
}

test('commands of requests that are under way together are one transaction', async () => {
  const { commits, ask } = meeting();
  await Promise.all([ask('a'), ask('b', () => new Promise((resolve) => setTimeout(resolve, 5))), ask('c')]);
  expect(commits).toEqual(['a c b', '(a c b)']);
});

test('a request that ends without a command keeps the others waiting no longer', async () => {
  const { commits, together, ask } = meeting();
  const refused = together.during(() => new Promise<void>((resolve) => setTimeout(resolve, 5)));
  await Promise.all([ask('a'), refused]);
  expect(commits).toEqual(['a', '(a)']);
});

test('one that waits for what may still arrive keeps the others waiting not at all', async () => {
  const { commits, together, ask } = meeting();
  let arrives: () => void = () => undefined;
  const late = ask('late', () => together.apart(() => new Promise<void>((resolve) => (arrives = resolve))));
  await ask('a');
  arrives();
  await late;
  expect(commits).toEqual(['a', '(a)', 'late', '(late)']);
});

test('where one makes the transaction fail, each is carried out by itself and that one alone fails', async () => {
  const { commits, ask } = meeting((names) => (names.includes('bad') ? new Error('poison') : undefined));
  const ended = await Promise.allSettled([ask('a'), ask('bad'), ask('b')]);
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(commits).toEqual(['a', '(a)', 'b', '(b)']);
});

test('where the database is away all are told so, to be asked again', async () => {
  const { commits, ask } = meeting(() => new ConcurrencyConflict('busy'));
  const ended = await Promise.allSettled([ask('a'), ask('b')]);
  expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(commits).toEqual([]);
});
