import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileNameOf } from '@gpect/file-uploads/file-name';
import { unreadable } from '@gpect/file-uploads/spooled-file';
import { receiveFile } from '@gpect/file-uploads/upload';
import { uploadProblem } from '@gpect/file-uploads/upload-messages';
import { auditWrite } from '@gpect/service-kit/audit/audit-trail';
import { languageOf } from '@gpect/service-kit/http/language';
import type { OwnRoutes, RoutedRequest } from '@gpect/service-kit/http/operations';
import { grantOf } from '@gpect/service-kit/rights/grant';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import type { Request, Response } from 'express';
import { newestDialect } from '../dialect/dialects.js';
import type { Spend } from '../spend.js';
import { type FileDocument, isUnderWay } from '../spend-file/file-store.js';
import { fullReport, importReport, linesToMend, toReport } from '../spend-file/report.js';
import { requestWithdrawal } from '../spend-file/withdraw-file.js';
import { fileIdOf } from '../spend-line/file-id.js';
import { Overtaken } from '../spend-line/overtaken.js';
import { receiveStream } from './receive.js';

const LISTED = 1000;

export function spendFileRoutes({ connection }: ServiceContext, spend: Spend) {
  const { files, worker } = spend;

  async function fileOf(id: string): Promise<FileDocument> {
    const file = await files.find(id);
    if (file) return file;
    throw uploadProblem('file_unknown', { id });
  }

  async function followed(request: Request, response: Response, file: FileDocument): Promise<void> {
    // While it is read it is looked at often: its refusals come with its end.
    response.json(
      isUnderWay(file) ? toReport(file, languageOf(request)) : await fullReport(files, file, languageOf(request)),
    );
  }

  return {
    'POST /imports': async ({ query: { programme, funder }, request }, response) => {
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
      if (isUnderWay(file)) throw uploadProblem('try_again', { id });
      if (file.status === 'REJECTED') {
        const { reason = 'rejected', detail: fr = '', detailEn: en = fr } = file;
        const language = languageOf(request);
        throw unreadable(reason, { fr, en }[language]);
      }
      response.json(await importReport(files, file, languageOf(request)));
    },
    'POST /files': async ({ body: { programme, funder, fileName, content }, request }, response) => {
      await newestDialect(connection, funder);
      const name = fileNameOf(fileName);
      const bytes = Buffer.from(content, 'base64');
      const id = await spend.quotas.keepWithin(funder, Readable.from([bytes]), bytes.length, (counted) =>
        receiveStream(spend, { programme, funder, name, door: 'EVENT' }, counted),
      );
      worker.wake();
      await followed(request, response.status(202).location(`/files/${id}`), await fileOf(id));
    },
    'GET /files': async ({ query: { programme, funder }, request }, response) => {
      // A funder that names none is shown its own.
      const found = await files.list(programme, funder ? [funder] : grantOf(request).only('funder'), LISTED);
      response.json({ files: found.map((file) => toReport(file, languageOf(request))) });
    },
    'GET /files/{programme}/{funder}/{fileId}': async (asked, response) => {
      await followed(asked.request, response, await fileOf(idOf(asked)));
    },
    'GET /files/{programme}/{funder}/{fileId}/refusals.csv': async (asked, response) => {
      const file = await fileOf(idOf(asked));
      response.attachment(`${file.file.replace(/\.\w+$/, '')}-a-corriger.csv`).type('text/csv');
      await pipeline(await linesToMend(spend, file), response);
    },
    'POST /files/{programme}/{funder}/{fileId}/withdraw': async (asked, response) => {
      const id = idOf(asked);
      await auditWrite(connection, id, 'withdrawal asked');
      await requestWithdrawal(files, await fileOf(id), asked.body.reason).catch((error: unknown) => {
        if (!(error instanceof Overtaken)) throw error;
        throw uploadProblem('try_again.changed');
      });
      worker.wake();
      await followed(asked.request, response, await fileOf(idOf(asked)));
    },
  } satisfies Partial<OwnRoutes<'training-spend'>>;
}

function idOf({ params }: RoutedRequest<{ programme: string; funder: string; fileId: string }>): string {
  const { programme, funder, fileId } = params;
  return fileIdOf(programme, funder, fileId);
}
