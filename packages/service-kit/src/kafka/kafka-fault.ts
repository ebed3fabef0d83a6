import kafkajs from 'kafkajs';
import { causesOf, connectionFault, type StartFault } from '../config/start-fault.js';

const TIMED_OUT = 'KafkaJSRequestTimeoutError';
/** What kafkajs says where a connection is open and nothing comes by it. */
const UNANSWERED = /^(Broker not connected|Connection timeout)$/;
const REFUSED = 'KafkaJSSASLAuthenticationError';

/** Whether the brokers did not answer, or not as was hoped: no fault of who asked, and none of ours. */
export const isOfBrokers = (error: unknown): boolean =>
  causesOf(error).some((one) => one instanceof kafkajs.KafkaJSError || OF_BROKERS.has(one.name) || isOfProtocol(one));

const OF_BROKERS: ReadonlySet<string> = new Set(['NotSent', 'NoBroker']);
/** What the other client says, by codes of its own. */
const isOfProtocol = (error: Error): boolean => String((error as { code?: unknown }).code).startsWith('PLT_KFK_');

const COORDINATOR_COMES: ReadonlySet<unknown> = new Set([
  'GROUP_LOAD_IN_PROGRESS',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR_FOR_GROUP',
]);

/** Whether a group's coordinator is still starting, or becomes another broker: kafkajs gives up at once who joins then. */
export const isCoordinatorComing = (error: unknown): boolean =>
  isOfBrokers(error) && COORDINATOR_COMES.has((error as { type?: unknown }).type);

/** Why the brokers cannot be had. */
export function kafkaFault(error: unknown): StartFault {
  const causes = causesOf(error);
  if (causes.some(({ name }) => name === REFUSED))
    return {
      heals: false,
      reason: 'the brokers refuse the user or the password (SASL): check KAFKA_USERNAME and KAFKA_PASSWORD',
    };
  const fault = connectionFault(error);
  if (fault) return { ...fault, reason: `the brokers cannot be reached: ${fault.reason}` };
  // A machine that stands still goes on taking connections; who is too busy itself finds the same.
  if (causes.some(({ name, message }) => name === TIMED_OUT || UNANSWERED.test(message)))
    return {
      heals: true,
      reason: 'the brokers do not answer in time: they stand still, or they or this service are too busy',
    };
  const type = causes.map((cause) => (cause as { type?: unknown }).type).find((t) => typeof t === 'string');
  if (type) return { heals: true, reason: `the brokers answer ${type}` };
  return {
    heals: true,
    reason: 'the brokers cannot be reached: they do not answer as Kafka does (is their listener one of TLS, or not?)',
  };
}
