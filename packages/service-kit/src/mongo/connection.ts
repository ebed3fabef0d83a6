import mongoose from 'mongoose';

/** A connection that is not open yet: `connect` opens it, and the driver finds a server again that was away. */
export function createDatabase(): mongoose.Connection {
  return mongoose.createConnection();
}

/**
 * How long the driver's own looks at the server go unanswered until it takes it for away, and gives up what waits for it: with the
 * time between two looks some 10 s, and 5 more until another is found. A server whose process stands still keeps its connections
 * open: by the driver's own times what was asked of it waits for 45 s.
 */
const LOOKED_AT = { connectTimeoutMS: 5000, heartbeatFrequencyMS: 5000 };

export async function connect(connection: mongoose.Connection, url: string): Promise<void> {
  await connection.openUri(url, {
    serverSelectionTimeoutMS: 5000,
    ...LOOKED_AT,
    maxPoolSize: 20,
    writeConcern: { w: 'majority', journal: true },
    autoCreate: false,
    autoIndex: false,
  });
}

/** A collection of the service's own database, by the driver itself: for the hot paths that need no model. */
export function collectionOf<T extends mongoose.mongo.BSON.Document>(
  connection: mongoose.Connection,
  name: string,
): mongoose.mongo.Collection<T> {
  return connection.getClient().db(connection.name).collection<T>(name);
}

/** Runs a start-up step until it works, however long the server behind it takes to come. */
export async function untilItWorks<T>(
  step: () => Promise<T>,
  onFailure: (error: unknown) => void,
  stopped: () => boolean,
): Promise<T | undefined> {
  for (let wait = 200; !stopped(); wait = Math.min(wait * 2, 3000)) {
    try {
      return await step();
    } catch (error) {
      onFailure(error);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return undefined;
}
