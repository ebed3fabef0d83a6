import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { type Child, startChild } from './child.js';
import { findMongod } from './tools.js';

export interface Mongod {
  readonly child: Child;
  /** Connection string without a database: `mongodb://127.0.0.1:port/?…`. */
  urlOf(database: string): string;
}

/** Starts a one-node replica set (transactions and change streams need one) and waits until it accepts writes. */
export async function startMongod({
  dir,
  port,
  toolsDir,
  options = [],
}: {
  dir: string;
  port: number;
  toolsDir: string;
  /** More options for mongod itself. */
  options?: readonly string[];
}): Promise<Mongod> {
  const binary = await findMongod(toolsDir);
  const data = join(dir, 'mongod');
  mkdirSync(data, { recursive: true });
  const child = startChild(
    'mongod',
    binary,
    [
      '--replSet',
      'gpect',
      '--bind_ip',
      '127.0.0.1',
      '--port',
      String(port),
      '--dbpath',
      data,
      '--wiredTigerCacheSizeGB',
      '1',
      '--quiet',
      // What a client that was killed left open holds its documents until then (60 s unless said).
      '--setParameter',
      'transactionLifetimeLimitSeconds=10',
      ...options,
    ],
    { logFile: join(dir, 'logs/mongod.log') },
  );
  const urlOf = (database: string) => `mongodb://127.0.0.1:${port}/${database}?directConnection=true`;
  await becomePrimary(child, urlOf('admin'), `127.0.0.1:${port}`);
  return { child, urlOf };
}

async function becomePrimary(child: Child, url: string, host: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (!child.running()) throw new Error(`mongod did not start: see ${child.logFile}`);
    // A client whose first connection failed stays closed for good: each look has its own.
    const client = new mongoose.mongo.MongoClient(url, { serverSelectionTimeoutMS: 1000 });
    try {
      const admin = client.db('admin');
      const hello = await admin.command({ hello: 1 });
      if (hello['isWritablePrimary']) return;
      if (hello['info'] === 'Does not have a valid replica set config') await initiate(admin, host);
    } catch (error) {
      if (Date.now() > deadline)
        throw new Error(`mongod is not ready after 60 s: ${String(error)}; see ${child.logFile}`);
    } finally {
      await client.close();
    }
    if (Date.now() > deadline) throw new Error(`mongod is no primary after 60 s; see ${child.logFile}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** First start: make the set. Data kept from a run on another port: take it over under the new address. */
async function initiate(admin: mongoose.mongo.Db, host: string): Promise<void> {
  const members = [{ _id: 0, host }];
  try {
    await admin.command({ replSetInitiate: { _id: 'gpect', members } });
  } catch {
    const { config } = await admin.command({ replSetGetConfig: 1 });
    await admin.command({ replSetReconfig: { ...config, version: Number(config.version) + 1, members }, force: true });
  }
}
