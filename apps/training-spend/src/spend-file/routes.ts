import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { components } from '@gpect/contracts/generated/api-training-spend';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { auditWrite } from '@gpect/service-kit/audit/audit-trail';
import { languageOf } from '@gpect/service-kit/http/language';
import { doorProblem } from '@gpect/service-kit/imports/door-messages';
import { fileNameOf } from '@gpect/service-kit/imports/file-name';
import { unreadable } from '@gpect/service-kit/imports/spooled-file';
import { receiveFile } from '@gpect/service-kit/imports/upload';
import { grantOf } from '@gpect/service-kit/rights/grant';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type Request, type Response, Router } from 'express';
import { receiveStream } from '../arrival/receive.js';
import { newestDialect } from '../dialect/dialects.js';
import type { Spend } from '../spend.js';
import { Overtaken } from '../spend-line/overtaken.js';
import { type FileDocument, isUnderWay } from './file-store.js';
import { fullReport, importReport, linesToMend, toReport } from './report.js';
import { requestWithdrawal } from './withdraw-file.js';

const LISTED = 1000;

export function spendFileRoutes({ connection }: ServiceContext, spend: Spend): Router {
  const { files, worker } = spend;
  const router = Router();

  router.post('/imports', async (request, response) => {
    const { programme, funder } = grantOf(request).asked as { programme: string; funder: string };
    await newestDialect(connection, funder);
    const { fileName, stream } = await receiveFile(request);
    const length = Number(request.get('content-length') ?? 0);
    const id = await spend.quotas.keepWithin(funder, stream, length, (counted) =>
      receiveStream(spend, { programme, funder, name: fileName, door: 'UPLOAD' }, counted),
    );
    worker.wake();
    if (request.get('prefer') === 'respond-async') {
      await followed(request, response.status(202).location(`/files/${id}`), await fileOf(id));
      return;
    }
    const file = await worker.settled(id, () => request.destroyed && !request.complete);
    if (isUnderWay(file)) throw doorProblem('try_again', { id });
    if (file.status === 'REJECTED') {
      const { reason = 'rejected', detail: fr = '', detailEn: en = fr } = file;
      const language = languageOf(request);
      throw unreadable(reason, { fr, en }[language], language);
    }
    response.json(await importReport(files, file, languageOf(request)));
  });

  router.post('/files', async (request, response) => {
    const { programme, funder, fileName, content } = request.body as components['schemas']['SendFile'];
    await newestDialect(connection, funder);
    const name = fileNameOf(fileName);
    const bytes = Buffer.from(content, 'base64');
    const id = await spend.quotas.keepWithin(funder, Readable.from([bytes]), bytes.length, (counted) =>
      receiveStream(spend, { programme, funder, name, door: 'EVENT' }, counted),
    );
    worker.wake();
    await followed(request, response.status(202).location(`/files/${id}`), await fileOf(id));
  });

  router.get('/files', async (request, response) => {
    const grant = grantOf(request);
    const { programme, funder } = grant.asked as { programme: string; funder?: string };
    // A funder that names none is shown its own.
    const found = await files.list(programme, funder ? [funder] : grant.only('funder'), LISTED);
    response.json({ files: found.map((file) => toReport(file, languageOf(request))) });
  });

  router.get('/files/:programme/:funder/:fileId', async (request, response) => {
    await followed(request, response, await fileOf(idOf(request)));
  });

  router.get('/files/:programme/:funder/:fileId/refusals.csv', async (request, response) => {
    const file = await fileOf(idOf(request));
    response.attachment(`${file.file.replace(/\.\w+$/, '')}-a-corriger.csv`).type('text/csv');
    await pipeline(await linesToMend(spend, file), response);
  });

  router.post('/files/:programme/:funder/:fileId/withdraw', async (request, response) => {
    const { reason } = request.body as { reason: string };
    await auditWrite(connection, idOf(request), 'withdrawal asked');
    await requestWithdrawal(files, await fileOf(idOf(request)), reason).catch((error: unknown) => {
      if (!(error instanceof Overtaken)) throw error;
      throw doorProblem('try_again.changed');
    });
    worker.wake();
    await followed(request, response, await fileOf(idOf(request)));
  });

  async function fileOf(id: string): Promise<FileDocument> {
    const file = await files.find(id);
    if (file) return file;
    throw doorProblem('file_unknown', { id });
  }

  async function followed(request: Request, response: Response, file: FileDocument): Promise<void> {
    // While it is read it is looked at often: its refusals come with its end.
    response.json(
      isUnderWay(file) ? toReport(file, languageOf(request)) : await fullReport(files, file, languageOf(request)),
    );
  }

  return router;
}

function idOf(request: Request): string {
  const { programme = '', funder = '', fileId = '' } = request.params as Record<string, string>;
  return inProgramme(programme, funder, fileId);
}
