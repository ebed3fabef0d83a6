import { EVENT_TOPICS } from '@gpect/contracts/event-contracts';
import { EXIT_CONFIG } from '@gpect/service-kit/config/config';
import { emptyReadModel } from '@gpect/service-kit/inbox/rebuild';
import { connect, createDatabase } from '@gpect/service-kit/mongo/connection';
import { COLLECTIONS } from './read-model/store.js';

/** Empties the read models; the running service (or the next one started) builds them again from the topics. */
const url = process.env['MONGO_URL'];
if (!url) {
  process.stderr.write("MONGO_URL is missing: the connection string of reporting's own database\n");
  process.exit(EXIT_CONFIG);
}
const connection = createDatabase();
await connect(connection, url);
await emptyReadModel(connection, EVENT_TOPICS, COLLECTIONS);
await connection.close();
process.stdout.write('the read models are empty; reporting builds them again from the first event\n');
