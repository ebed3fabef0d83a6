// Which files make decisions, by what they export: an aggregate, steps of a life cycle, what is said or refused, or a function
// that is called decide. What returns a promise waits for something, and is none.
const { readdirSync, readFileSync, existsSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join, relative, resolve } = require('node:path');

// The compiler that builds us has no interface for sources; the one that openapi-typescript brings has.
const ts = createRequire(resolve(__dirname, '../../packages/contracts/package.json'))('typescript');
const DECISION_TYPES = new Set(['Aggregate', 'DecisionOf', 'EventOf', 'LifeCycle', 'Refusal']);

/** Sources of the apps under a folder, from there, that make decisions. */
function decisionFiles(root) {
  const apps = join(root, 'apps');
  if (!existsSync(apps)) return [];
  return readdirSync(apps)
    .map((app) => join(apps, app, 'src'))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((file) => join(folder, file)))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) => decides(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023, true)))
    .map((file) => relative(root, file));
}

function decides(source) {
  const names = decisionNames(source);
  const says = (type) => type !== undefined && mentions(type, names);
  return source.statements.some((statement) => {
    if (!statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return false;
    if (ts.isFunctionDeclaration(statement)) return isDecision(statement, statement.name?.text ?? '', says);
    if (!ts.isVariableStatement(statement)) return false;
    return statement.declarationList.declarations.some(({ name, type, initializer }) => {
      if (says(type)) return true;
      if (initializer === undefined) return false;
      if (ts.isArrowFunction(initializer)) return isDecision(initializer, name.getText(), says);
      if (ts.isNewExpression(initializer)) return mentions(initializer.expression, names);
      return (
        ts.isObjectLiteralExpression(initializer) && initializer.properties.some((p) => p.name?.getText() === 'decide')
      );
    });
  });
}

function isDecision({ type, modifiers }, name, says) {
  if (modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) || type?.getText().startsWith('Promise<'))
    return false;
  return says(type) || /^decide(?![a-z])/.test(name);
}

/** The types of decisions by the names that they have in this file: imported, or made of such here. */
function decisionNames(source) {
  const names = new Set();
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      const from = statement.moduleSpecifier.text;
      const bindings = statement.importClause?.namedBindings;
      if (/\/aggregate\/(aggregate|life-cycle)(\.js)?$/.test(from) && bindings && ts.isNamedImports(bindings))
        for (const { name, propertyName } of bindings.elements)
          if (DECISION_TYPES.has((propertyName ?? name).text)) names.add(name.text);
    }
    if (ts.isTypeAliasDeclaration(statement) && mentions(statement.type, names)) names.add(statement.name.text);
  }
  return names;
}

function mentions(node, names) {
  if (ts.isIdentifier(node) && names.has(node.text)) return true;
  return ts.forEachChild(node, (child) => mentions(child, names) || undefined) ?? false;
}

module.exports = { decisionFiles };
