import { EVENT_TOPICS } from '@gpect/contracts/event-contracts';
import { COMMON_CONFIG } from '@gpect/service-kit/config/config';
import { readEnvironment } from '@gpect/service-kit/config/environment';
import { emptyReadModel } from '@gpect/service-kit/inbox/rebuild';
import { connect, createDatabase } from '@gpect/service-kit/mongo/connection';
import { COLLECTIONS } from './read-model/store.js';

/** Empties the read models; the running service (or the next one started) builds them again from the topics. */
const { MONGO_URL } = readEnvironment(process.env, { MONGO_URL: COMMON_CONFIG.MONGO_URL });
const connection = createDatabase();
await connect(connection, MONGO_URL);
await emptyReadModel(connection, EVENT_TOPICS, COLLECTIONS);
await connection.close();
process.stdout.write('the read models are empty; reporting builds them again from the first event\n');
