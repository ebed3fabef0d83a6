import { formatEuros } from '@gpect/domain-values/cents';
import cliProgress from 'cli-progress';
import type { ApiClient, ImportReport } from './api-client.js';

/** A file of spend as GET /files/{programme}/{funder}/{fileId} gives it. */
export interface SpendFile {
  readonly file: string;
  readonly fileId: string;
  readonly status: 'RECEIVED' | 'READING' | 'READ' | 'REJECTED' | 'WITHDRAWING' | 'WITHDRAWN';
  readonly lines: number;
  readonly linesExpected?: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly cents: Readonly<Record<string, number>>;
  readonly totals: { readonly cents: number };
  readonly detail?: string;
  readonly remarks?: { readonly list?: readonly { readonly code: string; readonly detail: string }[] };
  readonly refusals: ImportReport['refusals'];
}

const LOOK_MS = 200;
const OUTCOMES: Readonly<Record<string, string>> = {
  accepted: 'acceptées',
  repeated: 'déjà connues',
  corrected: 'corrections',
  cancelled: 'annulations',
  waiting: 'en attente de leur original',
  refused: 'refusées',
};
const SHOWN_REFUSALS = 20;

/** Sends a file as its funder would and follows it until it is read; `seen` is told on the way. */
export async function sendSpend(
  api: ApiClient,
  { programme, funder, path }: { programme: string; funder: string; path: string },
  seen: (file: SpendFile) => void,
): Promise<SpendFile> {
  const query = { kind: 'spend', programme, funder };
  const { fileId = '' } = await api.upload('training-spend', { roles: ['funder'], funder }, query, path, {
    prefer: 'respond-async',
  });
  for (;;) {
    const file = (await api.get(
      'training-spend',
      { roles: ['funder'], funder },
      `/files/${programme}/${funder}/${fileId}`,
    )) as SpendFile;
    seen(file);
    if (file.status !== 'RECEIVED' && file.status !== 'READING') return file;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** A bar in a terminal, a line every few seconds elsewhere. */
export function spendProgress(): { seen(file: SpendFile): void; end(): void } {
  if (process.stdout.isTTY) {
    const bar = new cliProgress.SingleBar(
      { format: ' {bar} {percentage} %  {value}/{total} lignes  {eta_formatted}', hideCursor: true },
      cliProgress.Presets.shades_classic,
    );
    let begun = false;
    return {
      seen: ({ lines, linesExpected }) => {
        if (linesExpected === undefined) return;
        if (!begun) bar.start(linesExpected, lines);
        begun = true;
        bar.update(lines);
      },
      end: () => bar.stop(),
    };
  }
  let said = 0;
  return {
    seen: ({ lines, linesExpected }) => {
      if (linesExpected === undefined || Date.now() - said < 2000) return;
      said = Date.now();
      process.stdout.write(`  ${lines} lignes lues sur environ ${linesExpected}\n`);
    },
    end: () => undefined,
  };
}

/** The report of a file for a reader at a terminal, in French. */
export function printSpendFile({
  file,
  status,
  detail,
  counts,
  cents,
  totals,
  lines,
  remarks,
  refusals,
}: SpendFile): string {
  if (status === 'REJECTED') return `${file} : refusé. ${detail ?? ''}`;
  const outcomes = Object.entries(OUTCOMES)
    .filter(([outcome]) => (counts[outcome] ?? 0) > 0)
    .map(([outcome, label]) => `  ${counts[outcome]} ${label} : ${formatEuros(cents[outcome] ?? 0)}`);
  const set = counts['total'] ?? 0;
  const aside = set > 0 ? [`  ${set} lignes de total, mises de côté et hors des sommes`] : [];
  const remarked = (remarks?.list ?? []).map((r) => `  à savoir : ${r.detail}`);
  const shown = refusals
    .slice(0, SHOWN_REFUSALS)
    .map((r) => `  ligne ${r.line}, ${r.column} « ${r.value} » : ${r.reason} — ${r.detail}`);
  const more = refusals.length > SHOWN_REFUSALS ? [`  … et ${refusals.length - SHOWN_REFUSALS} autres`] : [];
  return [
    `${file} : ${lines} lignes, ${formatEuros(totals.cents)}`,
    ...outcomes,
    ...aside,
    ...remarked,
    ...shown,
    ...more,
  ].join('\n');
}
