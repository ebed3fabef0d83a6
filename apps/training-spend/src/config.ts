import { str } from 'envalid';

/** What this service reads beside what all services read. */
export const SPEND_CONFIG = {
  SPEND_DROP_FOLDER: str({
    desc: 'Folder that an SFTP server writes files of spend to, as <programme>/<funder>/<file>; none where it is empty',
    default: '',
  }),
};

export interface SpendConfig {
  readonly SPEND_DROP_FOLDER: string;
}
