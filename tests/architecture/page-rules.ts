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

const STRAIGHT = /\p{L}'\p{L}/u;

/** A piece of written text, as code holds it: a string, a part of a template, or what stands between elements. */
const writtenIn = (node: ts.Node): string =>
  ts.isStringLiteralLike(node) ||
  ts.isJsxText(node) ||
  ts.isTemplateHead(node) ||
  ts.isTemplateMiddleOrTemplateTail(node)
    ? node.text
    : "";

const isOfError = (node: ts.Node): boolean =>
  ts.isNewExpression(node)
    ? node.expression.getText() === "AppError"
    : node.parent !== undefined && isOfError(node.parent);

/** All words of pages and letters; of the rest of `lib` what an AppError says, as logs and prompts are read by no customer. */
const straightIn =
  (file: string) =>
  (node: ts.Node): string | undefined =>
    STRAIGHT.test(writtenIn(node)) && (!/^lib\/(?!mail\/)/.test(file) || isOfError(node))
      ? writtenIn(node).trim().slice(0, 60)
      : undefined;

/** What a page exports, unless `garagePage` made it. */
const madeAlone = (node: ts.Node): string | undefined => {
  if (ts.isFunctionDeclaration(node))
    return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
      ? "is a page without garagePage"
      : undefined;
  if (!ts.isExportAssignment(node)) return undefined;
  const { expression } = node;
  return ts.isCallExpression(expression) && expression.expression.getText() === "garagePage"
    ? undefined
    : "is a page without garagePage";
};

/** A link of the framework's own, which fetches its page as soon as it is in view, unless it says that it does not. */
const eagerLink = (node: ts.Node): string | undefined =>
  (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) &&
  node.tagName.getText() === "Link" &&
  !node.attributes.properties.some((property) => property.name?.getText() === "prefetch")
    ? "fetches its page as soon as it is in view: use PageLink"
    : undefined;

/** What is read of a page as it is at that moment. */
const READS =
  /\.(count|textContent|innerText|inputValue|isVisible|isDisabled|isEnabled|isChecked|getAttribute|allTextContents|allInnerTexts)\(|activeElement/;

const ADDRESS = /\.url\(\)/;

/** `expect(await …)` of what a page shows; that something is not there is asked at once, when the rest of the page is. */
function asksOnce(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || node.expression.getText() !== "expect") return undefined;
  const [asked] = node.arguments;
  if (!asked || ts.isArrowFunction(asked)) return undefined;
  if (!ADDRESS.test(asked.getText()) && !(ts.isAwaitExpression(asked) && READS.test(asked.getText())))
    return undefined;
  const claim = node.parent.parent.getText().slice(node.getText().length);
  return /^\.not\.|^\.not$|^\.toBe\(0\)$/.test(claim) ? undefined : "asks a page once: use expect.poll";
}

/** What pages owe to those who read them, and a test to a page. */
export const PAGE_RULES: readonly SourceRule[] = [
  {
    name: "text-in-one-node",
    promise:
      "text that changes is alone in its element, as one string: a browser's translation replaces text nodes, and React then changes what nobody sees",
    concerns: (file) => /^(app|components)\/.*\.tsx$/.test(file),
    offences: (file) => findNodes(file, inPieces),
  },
  {
    name: "typographic-apostrophes",
    promise: "words that customers and staff read have typographic apostrophes",
    concerns: (file) => /^(app|components|lib)\/.*\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file),
    offences: (file) => findNodes(file, straightIn(file.path)),
  },
  {
    name: "pages-of-a-garage",
    promise:
      "a page of the workspace says for which garage it was rendered: in a tab of another one it is not shown",
    concerns: (file) => /^app\/\(workspace\)\/((.+\/)?page|.+\/layout)\.tsx$/.test(file),
    offences: (file) => findNodes(file, madeAlone),
  },
  {
    name: "links-wait-for-somebody",
    promise:
      "a page is fetched ahead when somebody moves towards its link, and not because the link is in view",
    concerns: (file) => /^(app|components)\/.*\.tsx$/.test(file),
    offences: (file) => findNodes(file, eagerLink),
  },
  {
    name: "pages-are-waited-for",
    promise: "what a page shows is expected of it until it is there: a busy machine is a moment later",
    concerns: (file) => /^tests\/e2e\/.*\.test\.ts$/.test(file),
    offences: (file) => findNodes(file, asksOnce),
  },
];
