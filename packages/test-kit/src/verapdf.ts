import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checker of the PDF Association, with its own parser of PDF (not PDFBox); GPL 3 or MPL 2, a tool of the tests alone. */
const ARTIFACT = 'org.verapdf.apps:greenfield-apps:1.28.2';
const FOLDER = fileURLToPath(new URL('../../../.local/tools/verapdf/', import.meta.url));

/** Where veraPDF is, fetched from Maven Central once; undefined, with the reason, where it cannot be had. */
export function findVeraPdf(): { readonly jar?: string; readonly reason?: string } {
  if (spawnSync('java', ['-version']).status !== 0) return { reason: 'there is no Java' };
  const found = jarIn();
  if (found) return { jar: found };
  mkdirSync(FOLDER, { recursive: true });
  const copied = spawnSync(
    'mvn',
    [
      '-q',
      '-B',
      'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy',
      `-Dartifact=${ARTIFACT}`,
      `-DoutputDirectory=${FOLDER}`,
    ],
    { encoding: 'utf8', cwd: FOLDER },
  );
  const jar = jarIn();
  return jar ? { jar } : { reason: `Maven did not fetch it: ${copied.error?.message ?? copied.stdout.slice(0, 500)}` };
}

function jarIn(): string | undefined {
  const name = existsSync(FOLDER) ? readdirSync(FOLDER).find((file) => file.endsWith('.jar')) : undefined;
  return name ? join(FOLDER, name) : undefined;
}

/** What veraPDF says of each of these files against PDF/UA-1: `PASS name ua1`, or the rules that they break. */
export function checkedByVeraPdf(jar: string, files: readonly string[]): string[] {
  const { stdout, stderr } = spawnSync(
    'java',
    [
      '-cp',
      jar,
      'org.verapdf.apps.GreenfieldCliWrapper',
      '--flavour',
      'ua1',
      '--format',
      'text',
      '--verbose',
      ...files,
    ],
    { encoding: 'utf8' },
  );
  const lines = stdout.trim().split('\n');
  return lines.length < files.length ? [...lines, stderr] : lines;
}
