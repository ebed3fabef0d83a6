import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { Admin, alterUserScramCredentialsV0, Connection, describeUserScramCredentialsV0 } from '@platformatic/kafka';
import kafkajs from 'kafkajs';
import { createTopics } from '../create-topics.js';
import type { Quotas } from './declaration.js';
import type { Right } from './plan.js';

/** SCRAM-SHA-512 as the protocol numbers it (KIP-554). */
const SCRAM_SHA_512 = 2;
const ITERATIONS = 8192;
const SALTED_BYTES = 64;
const QUOTA_KEYS = {
  producer_byte_rate: 'producerBytesPerSecond',
  consumer_byte_rate: 'consumerBytesPerSecond',
  request_percentage: 'requestPercent',
} as const satisfies Record<string, keyof Quotas>;

const PREFIX = 'partner-';
/** The name under which a partner's client authenticates. Other users of the brokers are none of our concern. */
export const userOf = (partner: string): string => PREFIX + partner;
const partnerOf = (user: string): string | undefined =>
  user.startsWith(PREFIX) ? user.slice(PREFIX.length) : undefined;

const { AclResourceTypes, AclOperationTypes, AclPermissionTypes, ResourcePatternTypes } = kafkajs;

/** What partners have on the brokers: users, rights, quotas and topics. kafkajs knows neither users nor quotas. */
export class Brokers {
  private constructor(
    private readonly address: { readonly host: string; readonly port: number },
    private readonly admin: kafkajs.Admin,
    private readonly quotaAdmin: Admin,
  ) {}

  static async connect(brokers: string): Promise<Brokers> {
    const [first = ''] = brokers.split(',');
    const [host = '', port = '9092'] = first.split(':');
    const kafka = new kafkajs.Kafka({
      brokers: brokers.split(','),
      clientId: 'partners',
      logLevel: kafkajs.logLevel.NOTHING,
    });
    const admin = kafka.admin();
    await admin.connect();
    const quotaAdmin = new Admin({ clientId: 'partners', bootstrapBrokers: brokers.split(',') });
    return new Brokers({ host, port: Number(port) }, admin, quotaAdmin);
  }

  async close(): Promise<void> {
    await this.admin.disconnect();
    await this.quotaAdmin.close();
  }

  async users(): Promise<Set<string>> {
    const { results } = await this.#connected((connection) => describeUserScramCredentialsV0.api.async(connection, []));
    return new Set(
      results.flatMap(({ user, credentialInfos }) =>
        credentialInfos.some((c) => c.mechanism === SCRAM_SHA_512) ? (partnerOf(user) ?? []) : [],
      ),
    );
  }

  async setUser(partner: string, password: string): Promise<void> {
    const name = userOf(partner);
    const salt = randomBytes(16);
    const saltedPassword = pbkdf2Sync(password, salt, ITERATIONS, SALTED_BYTES, 'sha512');
    const credential = { name, mechanism: SCRAM_SHA_512, iterations: ITERATIONS, salt, saltedPassword };
    await this.#connected((connection) => alterUserScramCredentialsV0.api.async(connection, [], [credential]));
  }

  async deleteUser(partner: string): Promise<void> {
    const deletion = { name: userOf(partner), mechanism: SCRAM_SHA_512 };
    await this.#connected((connection) => alterUserScramCredentialsV0.api.async(connection, [deletion], []));
  }

  async topics(): Promise<Set<string>> {
    return new Set(await this.admin.listTopics());
  }

  /** One partition: a position on it is one number, which those who poll can go back to. */
  async createTopic(topic: string, replication: number): Promise<void> {
    const configs = { 'retention.ms': '7776000000', 'max.message.bytes': '1048576', 'cleanup.policy': 'delete' };
    const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }));
    await createTopics(this.admin, [{ topic, numPartitions: 1, replicationFactor: replication, configEntries }]);
  }

  /** By partner, what it may do. */
  async rights(): Promise<Map<string, Right[]>> {
    const found = new Map<string, Right[]>();
    for (const [resource, resourceType] of RESOURCES) {
      const { resources } = await this.admin.describeAcls({
        resourceType,
        resourcePatternType: ResourcePatternTypes.ANY,
        operation: AclOperationTypes.ANY,
        permissionType: AclPermissionTypes.ALLOW,
      });
      for (const { resourceName, resourcePatternType, acls } of resources)
        for (const { principal, operation } of acls) {
          const name = nameOf(OPERATIONS, operation);
          const pattern = nameOf(PATTERNS, resourcePatternType);
          const partner = partnerOf(principal.replace(/^User:/, ''));
          if (!name || !pattern || !partner) continue;
          found.set(partner, [
            ...(found.get(partner) ?? []),
            { resource, name: resourceName, pattern, operation: name },
          ]);
        }
    }
    return found;
  }

  async allow(partner: string, right: Right): Promise<void> {
    await this.admin.createAcls({ acl: [aclOf(partner, right)] });
  }

  async forbid(partner: string, right: Right): Promise<void> {
    await this.admin.deleteAcls({ filters: [aclOf(partner, right)] });
  }

  async quotas(): Promise<Map<string, Quotas>> {
    const entries = await this.quotaAdmin.describeClientQuotas({ components: [{ entityType: 'user', matchType: 2 }] });
    return new Map(
      entries.flatMap(({ entity, values }) => {
        const partner = partnerOf(entity.find((e) => e.entityType === 'user')?.entityName ?? '');
        if (!partner) return [];
        const set = values.flatMap(({ key, value }) => {
          const quota = QUOTA_KEYS[key as keyof typeof QUOTA_KEYS];
          return quota ? [[quota, value] as const] : [];
        });
        return [[partner, Object.fromEntries(set) as unknown as Quotas] as const];
      }),
    );
  }

  async setQuotas(partner: string, quotas: Quotas | undefined): Promise<void> {
    await this.quotaAdmin.alterClientQuotas({
      entries: [
        {
          entities: [{ entityType: 'user', entityName: userOf(partner) }],
          ops: (Object.keys(QUOTA_KEYS) as (keyof typeof QUOTA_KEYS)[]).map((key) => ({
            key,
            value: quotas?.[QUOTA_KEYS[key]] ?? 0,
            remove: quotas === undefined,
          })),
        },
      ],
    });
  }

  async #connected<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = new Connection('partners');
    await connection.connect(this.address.host, this.address.port);
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  }
}

const RESOURCES = [
  ['TOPIC', AclResourceTypes.TOPIC],
  ['GROUP', AclResourceTypes.GROUP],
  ['TRANSACTIONAL_ID', AclResourceTypes.TRANSACTIONAL_ID],
] as const;
const OPERATIONS = {
  READ: AclOperationTypes.READ,
  WRITE: AclOperationTypes.WRITE,
  DESCRIBE: AclOperationTypes.DESCRIBE,
};
const PATTERNS = { LITERAL: ResourcePatternTypes.LITERAL, PREFIXED: ResourcePatternTypes.PREFIXED };

function nameOf<Name extends string>(names: Readonly<Record<Name, number>>, value: number): Name | undefined {
  return (Object.keys(names) as Name[]).find((name) => names[name] === value);
}

function aclOf(partner: string, { resource, name, pattern, operation }: Right) {
  return {
    resourceType: AclResourceTypes[resource],
    resourceName: name,
    resourcePatternType: PATTERNS[pattern],
    principal: `User:${userOf(partner)}`,
    host: '*',
    operation: OPERATIONS[operation],
    permissionType: AclPermissionTypes.ALLOW,
  };
}
