import ts from "typescript";
import { findNodes, type SourceFile, type SourceRule } from "./house";

/** What holds changing things from its first moment. */
const COLLECTION = /^(Map|Set|WeakMap|WeakSet|Array)$/;
const MUTATES = /^(set|add|delete|clear|push|pop|shift|unshift|splice|sort|reverse|fill)$/;

/** `x.a = …`, `x[a] = …`, `x.a++`, `x.push(…)` and their like: the names of what a file changes from inside. */
function changedIn(tree: ts.SourceFile): ReadonlySet<string> {
  const changed = new Set<string>();
  const ownerOf = (node: ts.Node): void => {
    if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return;
    if (ts.isIdentifier(node.expression)) changed.add(node.expression.text);
    else ownerOf(node.expression);
  };
  const visit = (node: ts.Node): void => {
    const assigns =
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;
    if (assigns) ownerOf(node.left);
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) ownerOf(node.operand);
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      MUTATES.test(node.expression.name.text)
    )
      ownerOf(node.expression);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return changed;
}

/** Why a module's own variable is state; undefined for what never changes, and for what `processWide` holds. */
function stateOf(declaration: ts.VariableDeclaration, isConst: boolean, changed: ReadonlySet<string>) {
  const { name, initializer } = declaration;
  if (!isConst) return "let";
  if (!initializer || !ts.isIdentifier(name)) return undefined;
  if (ts.isNewExpression(initializer)) {
    const { expression, arguments: given } = initializer;
    if (COLLECTION.test(expression.getText()) && (given?.length ?? 0) === 0)
      return `new ${expression.getText()}()`;
  }
  const literal =
    ts.isNewExpression(initializer) ||
    ts.isArrayLiteralExpression(initializer) ||
    ts.isObjectLiteralExpression(initializer);
  return literal && changed.has(name.text) ? "is changed" : undefined;
}

function moduleState({ path, tree }: SourceFile): string[] {
  if (!tree) return [];
  const changed = changedIn(tree);
  return tree.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList: { declarations, flags } }) =>
      declarations.flatMap((declaration) => {
        const why = stateOf(declaration, (flags & ts.NodeFlags.Const) !== 0, changed);
        const { line } = tree.getLineAndCharacterOfPosition(declaration.getStart(tree));
        return why === undefined ? [] : [`${path}:${line + 1} ${declaration.name.getText()}: ${why}`];
      }),
    );
}

function mocksModule(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || !/^vi\.(do)?[mM]ock$/.test(node.expression.getText())) return undefined;
  return `mocks ${node.arguments[0]?.getText() ?? "a module"}`;
}

export const STATE_RULES: readonly SourceRule[] = [
  {
    name: "state-is-process-wide",
    promise:
      "on the server no module holds state of its own: each bundle would have its own copy, and processWide has one",
    concerns: (file) =>
      /^(app|lib)\/.*\.tsx?$|^(instrumentation|proxy)\.ts$/.test(file) && !/\.test\.tsx?$/.test(file),
    offences: moduleState,
  },
  {
    name: "modules-are-not-mocked",
    promise: "no test mocks a module: each is read once for all the files of a process",
    concerns: (file) => /\.test\.tsx?$/.test(file),
    offences: (file) => findNodes(file, mocksModule),
  },
];
