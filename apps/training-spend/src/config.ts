import type { UploadLimits } from '@gpect/file-uploads/quota';
import { numberFrom } from '@gpect/service-kit/config/validators';
import { str } from 'envalid';

/** What this service reads beside what all services read. */
export const SPEND_CONFIG = {
  SPEND_DROP_FOLDER: str({
    desc: 'Folder that an SFTP server writes files of spend to, as <programme>/<funder>/<file>; none where it is empty',
    default: '',
  }),
  UPLOAD_KEPT_HOURS: numberFrom(1)({
    desc: 'Hours that an upload which does not go on is kept; a resumable one can be gone on with for so long',
    default: 72,
  }),
};

export interface SpendConfig extends UploadLimits {
  readonly SPEND_DROP_FOLDER: string;
  readonly UPLOAD_KEPT_HOURS: number;
}
