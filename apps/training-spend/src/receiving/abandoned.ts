import type { Logger } from '@gpect/service-kit/observability/logger';
import type { Spend } from '../spend.js';
import { abandonedUploads } from './uploads.js';

/** Uploads that do not go on: nobody will, and their bytes only take room. */
export class Abandoned {
  constructor(
    private readonly spend: Spend,
    private readonly keptMs: number,
    private readonly logger: Logger,
  ) {}

  /** Removes those on which nothing happened for so long, with their bytes. Safe beside another replica that does the same. */
  async sweep(now = new Date()): Promise<void> {
    const { connection, files, parts } = this.spend;
    const before = new Date(now.getTime() - this.keptMs);
    const uploads = abandonedUploads(connection, before);
    for (const id of [...(await uploads.ids()), ...(await parts.begunBefore(before))]) {
      // Of a file that was registered, only the mark was left.
      if (await files.hasUpload(id)) await parts.settled(id);
      else await parts.drop(id);
      await uploads.forget(id);
      this.logger.info({ upload: id }, 'an upload that did not go on was removed');
    }
  }
}
