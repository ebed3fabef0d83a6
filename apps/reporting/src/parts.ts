import type { Background, ServiceContext } from '@gpect/service-kit/service/definition';
import { Feed } from './feed/feed.js';
import { Releaser } from './releases/releaser.js';
import { Looks } from './routes/looked.js';

/** What reporting's routes and background work share. */
export interface Parts {
  readonly feed: Feed;
  readonly releaser: Releaser;
  readonly looks: Looks;
  readonly work: Background;
}

export function partsOf(context: ServiceContext): Parts {
  const { connection, logger, health } = context;
  const feed = new Feed(connection, logger);
  const releaser = new Releaser(connection, feed, logger);
  health.report('figures', () => feed.health());
  return {
    feed,
    releaser,
    looks: new Looks(context, feed),
    work: {
      start: async () => {
        await feed.start();
        releaser.start();
      },
      stop: async () => {
        await releaser.stop();
        await feed.stop();
      },
    },
  };
}
