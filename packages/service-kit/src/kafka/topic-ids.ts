import { createRequire } from 'node:module';

/** The parts of kafkajs 2.2.4 that are used here, and that it does not export. */
interface Decoder {
  readonly buffer: Buffer;
  offset: number;
  readInt16(): number;
  readInt32(): number;
  readBoolean(): boolean;
  readUVarInt(): number;
  readUVarIntString(): string | null;
  readUVarIntArray<T>(read: (decoder: Decoder) => T): T[] | null;
}
interface Encoder {
  writeInt8(value: number): Encoder;
  writeBoolean(value: boolean): Encoder;
  writeUVarInt(value: number): Encoder;
  writeUVarIntString(value: string): Encoder;
  writeBufferInternal(bytes: Buffer): void;
}
interface Definition {
  versions: (string | number)[];
  protocol(how: { version: number }): (asked: MetadataAsked) => object;
}
interface MetadataAsked {
  readonly topics: readonly string[];
  readonly allowAutoTopicCreation?: boolean;
}

const internal = createRequire(import.meta.url);
const DecoderOf = internal('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => Decoder;
const EncoderOf = internal('kafkajs/src/protocol/encoder') as new () => Encoder;
const metadata = internal('kafkajs/src/protocol/requests/metadata') as Definition;
const { parse } = internal('kafkajs/src/protocol/requests/metadata/v6/response') as { parse: unknown };

/** Since Kafka 2.8: the first version that says the id of each topic. */
const VERSION = 10;
const METADATA_KEY = 3;
const NO_ID = Buffer.alloc(16);

/** The topic's id, as it is told of each of its partitions; kafkajs passes those on as they are. */
export interface PartitionWithId {
  readonly partitionId: number;
  readonly topicId: string;
}

/**
 * kafkajs asks for metadata in a version that says nothing of the ids of topics: a topic that was deleted and made again
 * under its name is the same to it. It is taught the version that says them.
 */
export function askForTopicIds(): void {
  if (metadata.versions.includes(VERSION)) return;
  metadata.versions = [...metadata.versions, VERSION];
  const { protocol } = metadata;
  metadata.protocol = ({ version }) =>
    Number(version) === VERSION
      ? (asked) => ({ request: requestOf(asked), response: { decode, parse } })
      : protocol({ version });
}

function requestOf({ topics, allowAutoTopicCreation = true }: MetadataAsked): object {
  const encode = async () => {
    const encoder = new EncoderOf();
    noTags(encoder);
    // No topics: all of them, as kafkajs has it.
    encoder.writeUVarInt(topics.length === 0 ? 0 : topics.length + 1);
    for (const topic of topics) {
      encoder.writeBufferInternal(NO_ID);
      encoder.writeUVarIntString(topic);
      noTags(encoder);
    }
    encoder.writeBoolean(allowAutoTopicCreation).writeBoolean(false).writeBoolean(false);
    noTags(encoder);
    return encoder;
  };
  return { apiKey: METADATA_KEY, apiVersion: VERSION, apiName: 'Metadata', encode };
}

async function decode(bytes: Buffer): Promise<object> {
  const decoder = new DecoderOf(bytes);
  passTags(decoder);
  const clientSideThrottleTime = decoder.readInt32();
  const brokers = listOf(decoder, (d) => ({
    nodeId: d.readInt32(),
    host: d.readUVarIntString(),
    port: d.readInt32(),
    rack: d.readUVarIntString(),
  }));
  const clusterId = decoder.readUVarIntString();
  const controllerId = decoder.readInt32();
  const topicMetadata = listOf(decoder, topicOf);
  return { throttleTime: 0, clientSideThrottleTime, brokers, clusterId, controllerId, topicMetadata };
}

function topicOf(decoder: Decoder): object {
  const topicErrorCode = decoder.readInt16();
  const topic = decoder.readUVarIntString();
  const topicId = decoder.buffer.toString('base64url', decoder.offset, decoder.offset + NO_ID.length);
  decoder.offset += NO_ID.length;
  const isInternal = decoder.readBoolean();
  const partitionMetadata = listOf(decoder, (d) => {
    const partitionErrorCode = d.readInt16();
    const partitionId = d.readInt32();
    const leader = d.readInt32();
    d.readInt32(); // leader's epoch
    const numbers = () => d.readUVarIntArray((one) => one.readInt32()) ?? [];
    return {
      partitionErrorCode,
      partitionId,
      leader,
      replicas: numbers(),
      isr: numbers(),
      offlineReplicas: numbers(),
      topicId,
    };
  });
  decoder.readInt32(); // operations that the asker may do
  return { topicErrorCode, topic, isInternal, partitionMetadata };
}

/** An array whose elements end with tagged fields. */
function listOf<T>(decoder: Decoder, read: (decoder: Decoder) => T): T[] {
  return (
    decoder.readUVarIntArray((d) => {
      const one = read(d);
      passTags(d);
      return one;
    }) ?? []
  );
}

function noTags(encoder: Encoder): void {
  encoder.writeUVarInt(0);
}

/** Fields that later releases add: passed over. (kafkajs' own reading of them counts a byte too few.) */
function passTags(decoder: Decoder): void {
  for (let left = decoder.readUVarInt(); left > 0; left--) {
    decoder.readUVarInt();
    const length = decoder.readUVarInt();
    decoder.offset += length;
  }
}
