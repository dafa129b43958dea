import path from "node:path";
import ts from "typescript";
import { DOOR_RULES } from "./door-rules";
import { findLines, findNodes, type SourceFile, type SourceRule } from "./house";
import { PAGE_RULES } from "./page-rules";
import { ROOM_RULES } from "./room-rules";

const SHARED = [
  "env",
  "errors",
  "clock",
  "ids",
  "money",
  "logger",
  "metrics",
  "process-wide",
  "unfinished",
  "within",
  "same-secret",
  "log-scope",
  "clean-json",
  "phone-number",
  "london-time",
  "instant",
  "format",
  "visible-text",
];
const MAX_LINES = 300;

const isTest = (file: string) => /\.test\.tsx?$/.test(file);
const isProduct = (file: string) =>
  /^(app|components|lib)\/.*\.tsx?$|^(instrumentation|proxy)\.ts$/.test(file) && !isTest(file);
const isStore = (file: string) => /^lib\/(.+\/)?(store|db)\//.test(file);
const isCore = (file: string) => /^lib\/(.+\/)?core\//.test(file) && !isTest(file);
/** The rules and the houses that break them name what they forbid. */
const isOwn = (file: string) => file.startsWith("tests/architecture/");

/** The value names an import takes; types are free. A namespace takes everything. */
function valuesOf(node: ts.ImportDeclaration): string[] {
  const { importClause: clause } = node;
  if (!clause) return ["*"];
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const { namedBindings: names } = clause;
  if (!names || ts.isNamespaceImport(names)) return ["*"];
  return names.elements
    .filter((item) => !item.isTypeOnly)
    .map((item) => (item.propertyName ?? item.name).text);
}

const specifierOf = (node: ts.ImportDeclaration): string =>
  ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : "";

const POOL = /(^|\/)(db\/)?pool$/;
const SQL =
  /\bSELECT\s+[\s\S]*\bFROM\b|\bSELECT\s+\w+\s*\(|\b(INSERT INTO|DELETE FROM|TRUNCATE|LISTEN|NOTIFY)\s+["\w$]|\bUPDATE\s+[\w."]+(\s+AS\s+\w+)?\s+SET\b|\b(CREATE|ALTER|DROP)\s+(TABLE|INDEX|FUNCTION|TRIGGER|TYPE|SCHEMA)\b/;
const RUNS_SQL = /^(query|\$queryRaw|\$queryRawUnsafe|\$executeRaw|\$executeRawUnsafe|\$transaction)$/;

/** They have a `query()` as well. */
const LOCKS_OF_A_BROWSER = "navigator.locks";

function readsPool(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) && POOL.test(specifierOf(node))) {
    const taken = valuesOf(node).filter((name) => name !== "closePool");
    return taken.length > 0 ? `imports ${taken.join(", ")} from the pool` : undefined;
  }
  const [argument] =
    ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments : [];
  return argument && ts.isStringLiteral(argument) && POOL.test(argument.text)
    ? "imports the pool"
    : undefined;
}

function holdsSql(node: ts.Node): string | undefined {
  const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
  if (isText && SQL.test(node.getText())) return `SQL: ${node.getText().replace(/\s+/g, " ").slice(0, 60)}`;
  const callee = ts.isCallExpression(node)
    ? node.expression
    : ts.isTaggedTemplateExpression(node)
      ? node.tag
      : null;
  if (!callee || !ts.isPropertyAccessExpression(callee)) return undefined;
  if (RUNS_SQL.test(callee.name.text) && callee.expression.getText() !== LOCKS_OF_A_BROWSER)
    return `runs ${callee.name.text}()`;
  return undefined;
}

const isReExport = (node: ts.Statement) => ts.isExportDeclaration(node);
const passesOn = (node: ts.Statement) => isReExport(node) || ts.isImportDeclaration(node);

function barrelOffences(file: SourceFile): string[] {
  const statements = [...(file.tree?.statements ?? [])];
  const named = /^index\.[cm]?[jt]sx?$/.test(path.posix.basename(file.path));
  const only = statements.some(isReExport) && statements.every(passesOn);
  return [
    ...(named ? [`${file.path} is an index`] : []),
    ...(only ? [`${file.path} exports only what others made`] : []),
    ...findNodes(file, (node) =>
      ts.isExportDeclaration(node) && node.moduleSpecifier && !node.exportClause ? "export *" : undefined,
    ),
  ];
}

/** `process.env` in any spelling; `instrumentation.ts` may ask for Next's runtime. */
function readsEnvironment(file: string, node: ts.Node): string | undefined {
  const isProcess = (text: string) => /(^|\.)process$/.test(text);
  if (
    ts.isImportDeclaration(node) &&
    /^(node:)?process$/.test(specifierOf(node)) &&
    valuesOf(node).length > 0
  )
    return "imports process";
  if (ts.isVariableDeclaration(node) && node.initializer && ts.isObjectBindingPattern(node.name))
    return isProcess(node.initializer.getText()) && /\benv\b/.test(node.name.getText())
      ? "process.env"
      : undefined;
  if (ts.isElementAccessExpression(node))
    return isProcess(node.expression.getText()) ? "process[…]" : undefined;
  if (
    !ts.isPropertyAccessExpression(node) ||
    node.name.text !== "env" ||
    !isProcess(node.expression.getText())
  )
    return undefined;
  return file === "instrumentation.ts" && node.parent.getText() === "process.env.NEXT_RUNTIME"
    ? undefined
    : node.parent.getText().split("\n")[0];
}

const WORLD = /^(fetch|process|console|crypto|performance|globalThis|setTimeout|setInterval|setImmediate)$/;

/** The machine's time, asked for without an import. */
function asksTheMachine(node: ts.Node): string | undefined {
  const called = ts.isNewExpression(node) || ts.isCallExpression(node) ? node.expression.getText() : "";
  const hasArguments = ts.isNewExpression(node) && (node.arguments?.length ?? 0) > 0;
  if (/^(Date|TZDate)$/.test(called) && !hasArguments) return `${called}() without a moment`;
  return ts.isPropertyAccessExpression(node) && node.getText() === "Date.now" ? node.getText() : undefined;
}

/** Clocks: the server's, the browser's, and how long a stream has been silent. */
const CLOCKS = ["lib/shared/clock.ts", "components/ui/use-now.tsx", "components/live/event-source.ts"];

/** What needs no import to reach the clock, chance or the world. */
function reachesOut(node: ts.Node): string | undefined {
  const clock = asksTheMachine(node);
  if (clock) return clock;
  if (ts.isPropertyAccessExpression(node) && node.getText() === "Math.random") return node.getText();
  const isName = ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node.parent);
  const isOwner =
    ts.isIdentifier(node) && ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node;
  return (isName || isOwner) && WORLD.test(node.getText()) && !ts.isPropertyAssignment(node.parent)
    ? node.getText()
    : undefined;
}

const MARKS =
  /\b(TODO|FIXME|XXX|HACK)\b|@ts-(ignore|nocheck|expect-error)|\b(describe|it|test|suite)(\.\w+)*\.(skip|skipIf|runIf|only|todo|fixme)\b|\b(xit|xtest|xdescribe|fit|fdescribe)\(|waitForTimeout/;

const castsAway = (node: ts.Node): string | undefined =>
  ts.isAsExpression(node) && node.type.kind === ts.SyntaxKind.AnyKeyword ? "as any" : undefined;

const CHANGES_ROWS = /^.?\s*(UPDATE|DELETE FROM|ALTER TABLE|TRUNCATE|DROP TABLE)\s+\S/;

/** SQL of a test that changes more than one organisation's rows. */
function changesAll(node: ts.Node): string | undefined {
  const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
  const text = isText ? node.getText() : "";
  return CHANGES_ROWS.test(text) && !/\borg_id\b/.test(text) ? text : undefined;
}

/** A migration that Prisma wrote itself begins by saying what it does. */
const isWrittenByPrisma = ({ path: file, text }: SourceFile) =>
  file.endsWith(".sql") && /^-- (Create|Alter|Drop|Add|Rename)[A-Z]/.test(text);

/** The language's own classes: one of each in a process, whatever bundle asks. */
const ONE_IN_A_PROCESS =
  /^(Error|AggregateError|SyntaxError|TypeError|Date|Map|Set|URL|Uint8Array|Response|Promise)$/;

function asksForClass(node: ts.Node): string | undefined {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.InstanceOfKeyword)
    return undefined;
  return ONE_IN_A_PROCESS.test(node.right.getText()) ? undefined : node.getText();
}

export const SOURCE_RULES: readonly SourceRule[] = [
  {
    name: "pool-behind-stores",
    promise: "only stores and lib/db take the connection pool: verbs get a transaction, and name its type",
    concerns: (file) => isProduct(file) && !isStore(file),
    offences: (file) => findNodes(file, readsPool),
  },
  {
    name: "sql-behind-stores",
    promise: "only stores and lib/db hold or run SQL",
    concerns: (file) => isProduct(file) && !isStore(file),
    offences: (file) => findNodes(file, holdsSql),
  },
  {
    name: "jobs-through-the-queue",
    promise: "jobs are added through lib/queue alone, which knows their names, keys and payloads",
    concerns: (file) => isProduct(file) && !file.startsWith("lib/queue/"),
    offences: (file) => findLines(file, /\badd_?jobs?\b/i),
  },
  {
    name: "shared-is-closed",
    promise: `lib/shared holds ${SHARED.join(", ")}, and nothing else`,
    concerns: (file) => file.startsWith("lib/shared/"),
    offences: ({ path: file }) =>
      SHARED.includes(file.replace("lib/shared/", "").replace(/(\.test)?\.tsx?$/, "")) ? [] : [file],
  },
  {
    name: "no-barrels",
    promise: "no barrels: no index, no `export *`, no file that only exports what others made",
    concerns: () => true,
    offences: barrelOffences,
  },
  {
    name: "one-environment",
    promise: "the environment is read in lib/shared/env.ts alone",
    concerns: (file) =>
      (isProduct(file) || (file.startsWith("prisma/seed/") && !isTest(file))) && file !== "lib/shared/env.ts",
    offences: (file) => findNodes(file, (node) => readsEnvironment(file.path, node)),
  },
  {
    name: "core-is-timeless",
    promise: "core reads no clock, throws no dice and reaches for nothing outside",
    concerns: isCore,
    offences: (file) => findNodes(file, reachesOut),
  },
  {
    name: "one-clock",
    promise: `what time it is, is told by a verb's context or by ${CLOCKS.join(", ")}`,
    concerns: (file) => isProduct(file) && !isCore(file) && !CLOCKS.includes(file),
    offences: (file) => findNodes(file, asksTheMachine),
  },
  {
    name: "errors-by-their-fields",
    promise: "on the server nothing is recognised by a class of which each bundle has its own copy",
    concerns: (file) => isProduct(file) && /^(lib|app\/(api|\(workspace\)))\//.test(file),
    offences: (file) => findNodes(file, asksForClass),
  },
  {
    name: "small-files",
    promise: `no file has more than ${MAX_LINES} lines`,
    concerns: () => true,
    offences: (file) => {
      const lines = file.text.split("\n").length - 1;
      return lines > MAX_LINES && !isWrittenByPrisma(file) ? [`${file.path} has ${lines} lines`] : [];
    },
  },
  {
    name: "nothing-put-off",
    promise: "nothing is put off, silenced, skipped or slept through",
    concerns: (file) => !isOwn(file),
    offences: (file) => [...findLines(file, MARKS), ...findNodes(file, castsAway)],
  },
  {
    name: "shared-rows-stay",
    promise:
      "a test of a shared application changes rows of one organisation, unless it starts an application of its own",
    concerns: (file) => /^tests\/(http|e2e)\//.test(file),
    offences: (file) => (/\bstartOwnApp\(/.test(file.text) ? [] : findNodes(file, changesAll)),
  },
  ...DOOR_RULES,
  ...PAGE_RULES,
  ...ROOM_RULES,
];

/** Everything a rule finds wrong in a house. */
export const offencesIn = (rule: SourceRule, house: readonly SourceFile[]): string[] =>
  house.filter((file) => rule.concerns(file.path)).flatMap((file) => rule.offences(file));
