import ts from "typescript";
import { findNodes, type SourceRule } from "./house";

/** White space between elements, written as text or as `{" "}`, and comments. */
function isBlank(child: ts.JsxChild): boolean {
  if (ts.isJsxText(child)) return child.text.trim() === "";
  if (!ts.isJsxExpression(child)) return false;
  return !child.expression || (ts.isStringLiteral(child.expression) && child.expression.text.trim() === "");
}

const holdsElements = (node: ts.Node): boolean =>
  ts.isJsxElement(node) ||
  ts.isJsxSelfClosingElement(node) ||
  (ts.forEachChild(node, (child) => holdsElements(child) || undefined) ?? false);

/** Text that changes: `children` and the like are names of elements, what is computed here is text. */
const isText = (node: ts.Expression): boolean =>
  !holdsElements(node) &&
  (ts.isTemplateExpression(node) ||
    ts.isCallExpression(node) ||
    (ts.isConditionalExpression(node) &&
      [node.whenTrue, node.whenFalse].some((part) => ts.isStringLiteral(part) || isText(part))));

/** An element whose text comes in pieces: written words beside a value, or a value beside other elements. */
function inPieces(node: ts.Node): string | undefined {
  if (!ts.isJsxElement(node)) return undefined;
  const children = node.children.filter((child) => !isBlank(child));
  if (children.length < 2) return undefined;
  const hasWords = children.some((child) => ts.isJsxText(child));
  const piece = children.find(
    (child) =>
      ts.isJsxExpression(child) &&
      child.expression &&
      !holdsElements(child.expression) &&
      (hasWords || isText(child.expression)),
  );
  return piece && `${piece.getText()} is a piece of <${node.openingElement.tagName.getText()}>`;
}

/** What pages owe to those who read them. */
export const PAGE_RULES: readonly SourceRule[] = [
  {
    name: "text-in-one-node",
    promise:
      "text that changes is alone in its element, as one string: a browser's translation replaces text nodes, and React then changes what nobody sees",
    concerns: (file) => /^(app|components)\/.*\.tsx$/.test(file),
    offences: (file) => findNodes(file, inPieces),
  },
];
