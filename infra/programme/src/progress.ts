import cliProgress from 'cli-progress';

/** What the one who waits sees: bars in a terminal, a line a step elsewhere. */
export interface Progress {
  /** @param total of nothing to do nothing is shown */
  begin(step: string, total: number): void;
  step(step: string): void;
  waiting(pending: number | undefined): void;
  end(): void;
}

export const quiet: Progress = {
  begin: () => undefined,
  step: () => undefined,
  waiting: () => undefined,
  end: () => undefined,
};

export function terminalProgress(): Progress {
  return process.stdout.isTTY ? bars() : lines();
}

function bars(): Progress {
  const container = new cliProgress.MultiBar(
    { format: ' {bar} {step} {value}/{total}', hideCursor: true, clearOnComplete: false },
    cliProgress.Presets.shades_classic,
  );
  const byStep = new Map<string, cliProgress.SingleBar>();
  let most = 0;
  const begin = (step: string, total: number) => {
    if (total === 0) return;
    byStep.set(step, container.create(total, 0, { step: step.padEnd(28) }));
  };
  const WAITING = 'événements à lire';
  return {
    begin,
    step: (step) => byStep.get(step)?.increment(),
    waiting: (pending = 0) => {
      if (!byStep.has(WAITING)) begin(WAITING, Math.max(1, pending));
      most = Math.max(most, pending, 1);
      byStep.get(WAITING)?.setTotal(most);
      byStep.get(WAITING)?.update(most - pending);
    },
    end: () => container.stop(),
  };
}

function lines(): Progress {
  const counts = new Map<string, { done: number; total: number }>();
  let said = 0;
  return {
    begin: (step, total) => {
      counts.set(step, { done: 0, total });
    },
    step: (step) => {
      const count = counts.get(step);
      if (!count) return;
      count.done++;
      if (count.done === count.total) process.stdout.write(`  ${step} : ${count.total} fichiers reçus\n`);
    },
    waiting: (pending) => {
      if (pending === undefined || pending === 0 || Date.now() - said < 5000) return;
      said = Date.now();
      process.stdout.write(`  ${pending} événements à lire\n`);
    },
    end: () => undefined,
  };
}
