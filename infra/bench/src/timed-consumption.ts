/** Events a second from the first batch in hand to the last taken: joining a group is not counted on either side. */
export async function timedConsumption(
  events: number,
  start: (onBatch: {
    begin(): void;
    took(count: number): void;
  }) => Promise<() => Promise<void>> | (() => Promise<void>),
): Promise<number> {
  let began = 0;
  let taken = 0;
  let done: (rate: number) => void = () => undefined;
  const finished = new Promise<number>((resolve) => {
    done = resolve;
  });
  const stop = await start({
    begin: () => {
      began ||= performance.now();
    },
    took: (count) => {
      taken += count;
      if (taken >= events) done((events * 1000) / (performance.now() - began));
    },
  });
  const rate = await finished;
  await stop();
  return rate;
}
