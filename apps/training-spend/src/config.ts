import { numberFrom } from '@gpect/service-kit/config/validators';
import { str } from 'envalid';
import type { UploadQuota } from './arrival/quota.js';

/** What this service reads beside what all services read. */
export const SPEND_CONFIG = {
  SPEND_DROP_FOLDER: str({
    desc: 'Folder that an SFTP server writes files of spend to, as <programme>/<funder>/<file>; none where it is empty',
    default: '',
  }),
  UPLOADS_A_DAY: numberFrom(1)({ desc: 'Files that one funder may send in a day (of Paris)', default: 5000 }),
  UPLOAD_GB_A_DAY: numberFrom(0.001)({ desc: 'GB that one funder may send in a day', default: 20 }),
  ALL_UPLOADS_A_DAY: numberFrom(1)({ desc: 'Files that all funders together may send in a day', default: 50_000 }),
  ALL_UPLOAD_GB_A_DAY: numberFrom(0.001)({ desc: 'GB that all funders together may send in a day', default: 100 }),
  LARGEST_UPLOAD_GB: numberFrom(0.001)({ desc: 'GB of the largest file that is taken', default: 5 }),
  UPLOAD_KEPT_HOURS: numberFrom(1)({
    desc: 'Hours that an upload which does not go on is kept; a resumable one can be gone on with for so long',
    default: 72,
  }),
};

export interface SpendConfig {
  readonly SPEND_DROP_FOLDER: string;
  readonly UPLOADS_A_DAY: number;
  readonly UPLOAD_GB_A_DAY: number;
  readonly ALL_UPLOADS_A_DAY: number;
  readonly ALL_UPLOAD_GB_A_DAY: number;
  readonly LARGEST_UPLOAD_GB: number;
  readonly UPLOAD_KEPT_HOURS: number;
}

const GB = 1e9;

export function quotaOf(config: SpendConfig): UploadQuota {
  return {
    files: config.UPLOADS_A_DAY,
    bytes: config.UPLOAD_GB_A_DAY * GB,
    filesOfAll: config.ALL_UPLOADS_A_DAY,
    bytesOfAll: config.ALL_UPLOAD_GB_A_DAY * GB,
    fileBytes: config.LARGEST_UPLOAD_GB * GB,
  };
}
