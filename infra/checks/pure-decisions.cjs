// A decision reads no clock, chance, environment or network, and writes nothing: neither its own file nor any that it imports, in
// its service or in the packages. What it needs of these comes in the command. dependency-rules.cjs looks at imports alone.
const { existsSync, readFileSync } = require('node:fs');
const { createRequire, isBuiltin } = require('node:module');
const { dirname, join, relative, resolve } = require('node:path');
const { decisionFiles } = require('./decision-files.cjs');

// The compiler that builds us has no interface for sources; the one that openapi-typescript brings has.
const ts = createRequire(resolve(__dirname, '../../packages/contracts/package.json'))('typescript');

/** What a process has at hand that is no value of its own. */
const REFUSED = new Set([
  ...['console', 'process', 'performance', 'crypto', 'fetch', 'WebSocket', 'EventSource', 'require'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'globalThis', 'global'],
]);
const PURE_MODULES = new Set(['util']);
/** Libraries that compute, and do nothing else. */
const PURE_LIBRARIES = new Set(['ajv', 'ajv-formats', 'pure-rand', 'stdnum']);

/**
 * What the decisions of the apps under a folder read or do beside deciding, each as `file:line what`, and by which decision a
 * file is reached.
 */
function impurities(root) {
  const reached = reachedBy(decisionFiles(root), root);
  return [...reached].flatMap(([file, by]) =>
    faultsOf(parsed(join(root, file))).map((fault) => `${file}:${fault}${by === file ? '' : ` (reached by ${by})`}`),
  );
}

/** Every file that is loaded with a decision, and the decision that it was first found by. */
function reachedBy(files, root) {
  const found = new Map(files.map((file) => [file, file]));
  for (const [file, by] of found)
    for (const { specifier } of importsOf(parsed(join(root, file)))) {
      const target = sourceOf(specifier, file, root);
      if (target && existsSync(join(root, target)) && !found.has(target)) found.set(target, by);
    }
  return found;
}

/** The source that an import of our own is compiled from; undefined for Node's modules and libraries. */
function sourceOf(specifier, importer, root) {
  const [, name, path] = /^@gpect\/([^/]+)\/(.+)$/.exec(specifier) ?? [];
  if (name) return `packages/${name}/src/${path}.ts`;
  if (!specifier.startsWith('.')) return undefined;
  return relative(root, resolve(root, dirname(importer), specifier.replace(/\.js$/, '.ts')));
}

/** What is imported to run: types are gone by then. */
function importsOf(source) {
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    if (!statement.moduleSpecifier || statement.isTypeOnly || statement.importClause?.isTypeOnly) return [];
    const named = statement.importClause?.namedBindings ?? statement.exportClause;
    const elements = named && (ts.isNamedImports(named) || ts.isNamedExports(named)) ? named.elements : undefined;
    if (elements && !statement.importClause?.name && elements.length > 0 && elements.every((one) => one.isTypeOnly))
      return [];
    return [{ specifier: statement.moduleSpecifier.text, names: elements?.map(({ name }) => name.text), statement }];
  });
}

function faultsOf(source) {
  const faults = [];
  const say = (node, what) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    faults.push(`${line + 1} ${what}`);
  };
  const builtIn = new Set();
  for (const { specifier, names = [], statement } of importsOf(source)) {
    if (specifier.startsWith('.') || specifier.startsWith('@gpect/')) continue;
    if (!isBuiltin(specifier)) {
      if (!PURE_LIBRARIES.has(libraryOf(specifier))) say(statement, `import of ${specifier}`);
    } else if (specifier === 'node:fs' && names.length === 1 && names[0] === 'readFileSync')
      builtIn.add('readFileSync');
    else if (!PURE_MODULES.has(specifier.replace(/^node:/, ''))) say(statement, `import of ${specifier}`);
  }
  const visit = (node, isAtLoad) => {
    const inside = isAtLoad && !ts.isFunctionLike(node);
    if (ts.isIdentifier(node) && isRead(node)) {
      const what = refused(node);
      if (what) say(node, what);
      if (builtIn.has(node.text) && !(inside && readsWhatIsBuiltIn(node.parent))) say(node, node.text);
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) say(node, 'import()');
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(source, true);
  return faults;
}

const libraryOf = (specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** An identifier that stands for a value: no name of a property, of a type, or of what is declared. */
function isRead(node) {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isTypeNode(parent)) return false;
  if (ts.isTypeElement(parent) || ts.isQualifiedName(parent)) return false;
  if ('name' in parent && parent.name === node) return false;
  return true;
}

/** What is refused of an identifier, as it stands there; undefined where nothing is. */
function refused(node) {
  const { parent, text } = node;
  if (REFUSED.has(text)) return ts.isPropertyAccessExpression(parent) ? parent.getText() : text;
  const property = ts.isPropertyAccessExpression(parent) ? parent.name.text : undefined;
  if (text === 'Math') return property === undefined || property === 'random' ? parent.getText() : undefined;
  if (text !== 'Date' || (property !== undefined && property !== 'now')) return undefined;
  if (ts.isNewExpression(parent) && parent.expression === node && isGivenADay(parent)) return undefined;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword) return undefined;
  return parent.getText();
}

const isGivenADay = ({ arguments: given = [] }) => given.length > 0 && !given.some(ts.isSpreadElement);

/** `readFileSync(new URL('…', import.meta.url), …)` while the file is loaded: data that the build brings, like code. */
function readsWhatIsBuiltIn(call) {
  if (!ts.isCallExpression(call)) return false;
  const [file] = call.arguments;
  if (!file || !ts.isNewExpression(file) || file.expression.getText() !== 'URL') return false;
  const [path, base] = file.arguments ?? [];
  return Boolean(path && ts.isStringLiteral(path) && base?.getText() === 'import.meta.url');
}

function parsed(file) {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023, true);
}

module.exports = { impurities };
