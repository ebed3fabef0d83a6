import { cannotStart } from '@gpect/service-kit/config/cannot-start';
import { COMMON_CONFIG } from '@gpect/service-kit/config/config';
import { readEnvironment } from '@gpect/service-kit/config/environment';
import { emptyReadModel } from '@gpect/service-kit/inbox/rebuild';
import { connect, createDatabase } from '@gpect/service-kit/mongo/connection';
import { databaseFault } from '@gpect/service-kit/mongo/database-fault';
import { claimOwnDatabase } from '@gpect/service-kit/service/own-database';
import { READ_MODEL } from './collections.js';
import { reporting } from './service.js';

/** Empties the read models; the running service (or the next one started) builds them again from the topics. */
const { MONGO_URL } = readEnvironment(process.env, { MONGO_URL: COMMON_CONFIG.MONGO_URL });
const connection = createDatabase();
try {
  await connect(connection, MONGO_URL);
  // Another service's database would lose its own place in the topics.
  await claimOwnDatabase(connection, reporting);
} catch (error) {
  cannotStart('nothing was emptied', [databaseFault(error).reason]);
}
await emptyReadModel(connection, READ_MODEL);
await connection.close();
process.stdout.write('the read models are empty; reporting builds them again from the first event\n');
