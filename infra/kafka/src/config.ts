import { COMMON_CONFIG } from '@gpect/service-kit/config/config';
import { orFile } from '@gpect/service-kit/config/environment';
import { numberFrom } from '@gpect/service-kit/config/validators';
import { str, url } from 'envalid';

/** What the one-shot that makes topics reads from its environment. */
export const TOPICS_CONFIG = {
  KAFKA_BROKERS: COMMON_CONFIG.KAFKA_BROKERS,
  KAFKA_REPLICATION: numberFrom(1, 32)({ desc: 'Replicas of each topic that is made', default: 1 }),
};

/** What the one-shot that makes partners reads. */
export const PARTNERS_CONFIG = {
  ...TOPICS_CONFIG,
  PARTNERS_FOLDER: str({ desc: 'Folder of <partner>.yaml files', example: 'infra/kafka/partners' }),
  SECRETS_FOLDER: str({ desc: 'Folder in which partners’ secrets are kept', example: '/run/secrets/partners' }),
  PARTNER_GATEWAY_URL: url({ desc: 'Address of the partner gateway', example: 'http://partner-gateway:4000' }),
  OPERATIONS_TOKEN: orFile(str({ desc: 'A token with the role operations' })),
};
