import { isOfBrokers } from '../kafka/kafka-fault.js';
import { isDiskFull, isTransient } from '../mongo/transaction.js';

/**
 * Whether what failed are the servers behind this service (the database, the brokers) or its disk, not what was asked: it is
 * tried again, and nobody's event, line or file is parked or refused for it.
 */
export const isAway = (error: unknown): boolean => isTransient(error) || isOfBrokers(error) || isDiskFull(error);
