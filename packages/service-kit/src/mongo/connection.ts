import mongoose from 'mongoose';

/** A connection that is not open yet: `connect` opens it, and the driver finds a server again that was away. */
export function createDatabase(): mongoose.Connection {
  return mongoose.createConnection();
}

export async function connect(connection: mongoose.Connection, url: string): Promise<void> {
  await connection.openUri(url, {
    serverSelectionTimeoutMS: 5000,
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
