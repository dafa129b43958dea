import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { findNodes, ROOT, type SourceRule } from "./house";

const STORE = /^lib\/(.+\/)?store\/[^/]+\.ts$/;
const PRODUCTION = /^(app|components|lib)\/.*\.tsx?$|^(instrumentation|proxy|next\.config)\.ts$/;
const TEST = /\.test\.tsx?$/;

const manifest = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));
const DEV: readonly string[] = Object.keys(manifest.devDependencies);

const isExported = (node: ts.FunctionDeclaration | ts.VariableStatement): boolean =>
  node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;

/** Functions, and constants that hold one. */
function exportsFunction(node: ts.Node): node is ts.FunctionDeclaration | ts.VariableStatement {
  if (ts.isFunctionDeclaration(node)) return isExported(node);
  if (!ts.isVariableStatement(node) || !isExported(node)) return false;
  return node.declarationList.declarations.some(
    ({ initializer }) =>
      initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)),
  );
}

const isUnexplained = (node: ts.Node): string | undefined =>
  exportsFunction(node) && ts.getJSDocCommentsAndTags(node).length === 0
    ? `${node.getText().split("\n")[0]}`
    : undefined;

/** The development package that a value comes from; the compiler takes imports of types away. */
function comesFromDev(node: ts.Node): string | undefined {
  const isCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const specifier = isCall ? node.arguments[0] : ts.isImportDeclaration(node) && node.moduleSpecifier;
  if (!specifier || !ts.isStringLiteral(specifier)) return undefined;
  const isType =
    ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const from = DEV.find((name) => specifier.text === name || specifier.text.startsWith(`${name}/`));
  return isType ? undefined : from;
}

/** What a room owes whoever comes into it. */
export const ROOM_RULES: readonly SourceRule[] = [
  {
    name: "stores-explained",
    promise: "every exported function of a store says what it does: its SQL does not say what it is for",
    concerns: (file) => STORE.test(file) && !TEST.test(file),
    offences: (file) => findNodes(file, isUnexplained),
  },
  {
    name: "no-development-packages",
    promise: "what runs in production imports no package that only development has",
    concerns: (file) => PRODUCTION.test(file) && !TEST.test(file),
    offences: (file) => findNodes(file, comesFromDev),
  },
];
