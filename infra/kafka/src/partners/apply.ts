import { Brokers, userOf } from './brokers.js';
import { readDeclarations } from './declaration.js';
import { Gateway } from './gateway.js';
import { plan, type Step, sentence } from './plan.js';
import { SecretsFolder } from './secrets.js';

export interface ApplyOptions {
  /** Folder of `<partner>.yaml` files. */
  readonly folder: string;
  readonly brokers: string;
  /** Folder in which each partner's secret is kept. */
  readonly secrets: string;
  /** Address of the partner gateway. */
  readonly gateway: string;
  /** Token of operations. */
  readonly token: string;
  readonly replication?: number;
  /** Says what would be done, and does nothing. */
  readonly dryRun?: boolean;
}

/** Makes brokers and gateway agree with the declarations; what was done, or would be, a sentence each. Safe to run again. */
export async function applyPartners(options: ApplyOptions): Promise<string[]> {
  const declarations = readDeclarations(options.folder);
  const secrets = new SecretsFolder(options.secrets);
  const gateway = new Gateway(options.gateway, options.token);
  const brokers = await Brokers.connect(options.brokers);
  try {
    const [users, topics, rights, quotas, declared] = await Promise.all([
      brokers.users(),
      brokers.topics(),
      brokers.rights(),
      brokers.quotas(),
      gateway.declared(),
    ]);
    const steps = plan(declarations, { users, topics, rights, quotas, declared, secrets: secrets.partners() });
    if (!options.dryRun)
      for (const step of steps)
        await carryOut(step, { brokers, gateway, secrets, replication: options.replication ?? 1 });
    return steps.map(sentence);
  } finally {
    await brokers.close();
  }
}

interface Means {
  readonly brokers: Brokers;
  readonly gateway: Gateway;
  readonly secrets: SecretsFolder;
  readonly replication: number;
}

async function carryOut(step: Step, { brokers, gateway, secrets, replication }: Means): Promise<void> {
  switch (step.kind) {
    case 'create-topic':
      return brokers.createTopic(step.topic, replication);
    case 'make-secret': {
      const secret = secrets.make(step.partner, userOf(step.partner));
      return step.kafka ? brokers.setUser(step.partner, secret) : undefined;
    }
    case 'delete-user':
      return brokers.deleteUser(step.partner);
    case 'delete-secret':
      return secrets.drop(step.partner);
    case 'allow':
      return brokers.allow(step.partner, step.right);
    case 'forbid':
      return brokers.forbid(step.partner, step.right);
    case 'set-quotas':
      return brokers.setQuotas(step.partner, step.quotas);
    case 'declare':
      return gateway.declare(step.declared);
    case 'withdraw':
      return gateway.withdraw(step.partner);
  }
}
