// A partner's Kafka client that smoke.sh runs beside the broker: sends the event on standard input and waits for its answer;
// then writes where another partner writes, which must be refused.
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import kafkajs from 'kafkajs';

const [partner, other] = process.argv.slice(2);
const { username, secret } = JSON.parse(readFileSync(`/var/lib/gpect/secrets/${partner}.json`, 'utf8'));
const kafka = new kafkajs.Kafka({
  brokers: ['localhost:9094'],
  ssl: { ca: [readFileSync('/var/lib/gpect/tls/ca.pem', 'utf8')] },
  sasl: { mechanism: 'scram-sha-512', username, password: secret },
  logLevel: kafkajs.logLevel.NOTHING,
  retry: { retries: 3 },
});
const event = JSON.parse(await text(process.stdin));
const { data, datacontenttype, ...attributes } = event;
const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, String(value)]));
const message = { value: JSON.stringify(data), headers: { ...headers, 'content-type': datacontenttype } };

const producer = kafka.producer();
await producer.connect();
await producer.send({ topic: `gpect.partner.${partner}.in`, messages: [message] });

const consumer = kafka.consumer({ groupId: `gpect.partner.${partner}.smoke` });
await consumer.connect();
await consumer.subscribe({ topics: [`gpect.partner.${partner}.out`], fromBeginning: true });
const answer = await new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error(`no answer to ${event.id} in 60 s`)), 60_000).unref();
  const eachMessage = async ({ message: got }) => {
    const [type, cause] = [String(got.headers.ce_type), String(got.headers.ce_causationid)];
    if (cause === event.id && type.startsWith('fr.gpect.partner.event-')) resolve(`${type} ${got.value}`);
  };
  consumer.run({ eachMessage }).catch(reject);
});
await consumer.disconnect();
console.log(`${partner} over SCRAM and TLS: ${answer}`);

const refused = await producer.send({ topic: `gpect.partner.${other}.in`, messages: [message] }).then(
  () => undefined,
  (error) => error,
);
await producer.disconnect();
if (!/authori/i.test(String(refused)))
  throw new Error(`${partner} wrote as ${other}: ${refused ?? 'nobody refused it'}`);
console.log(`${partner} may not write as ${other}`);
process.exit(0);
