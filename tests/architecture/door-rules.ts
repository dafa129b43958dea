import ts from "typescript";
import { findNodes, type SourceFile, type SourceRule } from "./house";

const WRAPPERS: Readonly<Record<"route" | "action", readonly string[]>> = {
  route: ["memberRoute", "publicRoute", "webhook"],
  action: ["memberAction"],
};

/** What a file answers requests with, each export that is not made by one of the wrappers. Settings of Next are no answers. */
function answersBare(node: ts.Node, wrappers: readonly string[]): string | undefined {
  const isExported = (node as ts.FunctionDeclaration).modifiers?.some(
    ({ kind }) => kind === ts.SyntaxKind.ExportKeyword,
  );
  if (ts.isFunctionDeclaration(node)) return isExported ? `exports ${node.name?.text}()` : undefined;
  if (ts.isExportDeclaration(node) && !node.isTypeOnly) return "exports what is made elsewhere";
  if (!ts.isVariableStatement(node) || !isExported) return undefined;
  const bare = node.declarationList.declarations.find(
    ({ initializer }) =>
      !initializer ||
      !(
        ts.isStringLiteral(initializer) ||
        (ts.isCallExpression(initializer) && wrappers.includes(initializer.expression.getText()))
      ),
  );
  return bare && `exports ${bare.name.getText()}, which no wrapper made`;
}

const isActionFile = ({ tree }: SourceFile) =>
  tree?.statements.some(
    (node) =>
      ts.isExpressionStatement(node) &&
      ts.isStringLiteral(node.expression) &&
      node.expression.text === "use server",
  ) ?? false;

/** Requests come in through `lib/http` alone. */
export const DOOR_RULES: readonly SourceRule[] = [
  {
    name: "routes-are-wrapped",
    promise: "every route under app/api is a member's route, a public one or a webhook",
    concerns: (file) => /^app\/api\/.*route\.ts$/.test(file),
    offences: (file) => findNodes(file, (node) => answersBare(node, WRAPPERS.route)),
  },
  {
    name: "actions-are-wrapped",
    promise: "every server action is a member's action",
    concerns: (file) => /^(app|components|lib)\//.test(file),
    offences: (file) =>
      isActionFile(file) ? findNodes(file, (node) => answersBare(node, WRAPPERS.action)) : [],
  },
];
