// Nothing looks into a plain object by a key that is data: `record[name]`, `name in record` meet what every object inherits
// (`constructor`, `__proto__`). Take a Map, `dictionary()` or `own()` of packages/domain-values/src/records.ts.
// node infra/checks/data-keys.mjs [FOLDER…]
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
// The compiler that builds us has no interface for programs; the one that openapi-typescript brings has.
const ts = createRequire(join(root, 'packages/contracts/package.json'))('typescript');
/** Made from the contracts when they are built or shown: their keys are our own files'. */
const OUR_OWN_KEYS = ['packages/contracts', 'packages/catalogue', 'packages/local-servers', 'packages/test-kit'];

const folders = process.argv.slice(2).map((folder) => resolve(folder));
const files = (folders.length > 0 ? folders : workspaces()).flatMap(sourcesOf);
const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root);
const program = ts.createProgram(files, { ...options, noEmit: true });
const checker = program.getTypeChecker();
const found = files.flatMap((file) => faultsOf(program.getSourceFile(file)));
for (const { file, line, text } of found)
  console.error(
    `${relative(root, file)}:${line} ${text}: the key is data; take a Map, dictionary() or own() of records.ts`,
  );
process.exit(found.length > 0 ? 1 : 0);

function workspaces() {
  return ['apps', 'packages']
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((name) => !OUR_OWN_KEYS.includes(name))
    .map((name) => join(root, name, 'src'));
}

function sourcesOf(folder) {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name));
}

function faultsOf(source) {
  const faults = [];
  const visit = (node) => {
    if (ts.isElementAccessExpression(node) && isData(node.argumentExpression) && !isSafe(node.expression)) note(node);
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.InKeyword &&
      isData(node.left) &&
      !isSafe(node.right)
    )
      note(node);
    ts.forEachChild(node, visit);
  };
  const note = (node) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    faults.push({ file: source.fileName, line: line + 1, text: node.getText().replace(/\s+/g, ' ').slice(0, 80) });
  };
  visit(source);
  return faults;
}

/** Any text: what the compiler knows to be one of our own literals, or a number, is no data. */
function isData(expression) {
  if (ts.isPrivateIdentifier(expression)) return false;
  const type = checker.getTypeAtLocation(expression);
  const { String: text, TemplateLiteral, Any, Unknown, TypeParameter } = ts.TypeFlags;
  const open = (t) => {
    if (t.flags & TypeParameter) return open(checker.getBaseConstraintOfType(t) ?? t);
    return t.isUnion() ? t.types.some(open) : (t.flags & (text | TemplateLiteral | Any | Unknown)) !== 0;
  };
  return open(type);
}

/** A dictionary has no prototype; the environment is the process's own. */
function isSafe(expression) {
  const type = checker.getNonNullableType(checker.getTypeAtLocation(expression));
  return (
    ['Dictionary', 'ProcessEnv'].includes(type.symbol?.name ?? '') ||
    expression.getSourceFile().fileName.endsWith('/domain-values/src/records.ts')
  );
}
