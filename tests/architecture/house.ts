import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

export const ROOT = path.resolve(import.meta.dirname, "../..");

const ROOMS = ["app", "components", "lib", "prisma", "scripts", "tests"];
const SOURCE = /\.(ts|tsx|mjs|cjs|js|css|sql|prisma)$/;
const CODE = /\.(ts|tsx|mjs|cjs|js)$/;
const GENERATED = /^(prisma\/(generated\/|catalog\.sql$)|next-env\.d\.ts$)/;

/** One file of a house: its path from the root with forward slashes, its text, and its syntax tree if it is code. */
export type SourceFile = { readonly path: string; readonly text: string; readonly tree?: ts.SourceFile };

/** What the graph of imports does not show. `offences` says what is wrong in a file, each with its line. */
export type SourceRule = {
  readonly name: string;
  readonly promise: string;
  readonly concerns: (file: string) => boolean;
  readonly offences: (file: SourceFile) => string[];
};

/** Every hand-written source file of a house, by path. */
export function readHouse(root: string): SourceFile[] {
  const inRooms = roomsOf(root).flatMap((room) =>
    readdirSync(path.join(root, room), { recursive: true, encoding: "utf8" }).map((name) =>
      `${room}/${name}`.replaceAll(path.sep, "/"),
    ),
  );
  return [...readdirSync(root), ...inRooms]
    .filter((file) => SOURCE.test(file) && !GENERATED.test(file))
    .sort()
    .map((file) => read(root, file));
}

/** Where imports start from: the rooms that there are, and the code at the root. */
export const doorsOf = (root: string): string[] => [
  ...roomsOf(root),
  ...readdirSync(root).filter((file) => CODE.test(file) && !GENERATED.test(file)),
];

const roomsOf = (root: string): string[] => ROOMS.filter((room) => existsSync(path.join(root, room)));

function read(root: string, file: string): SourceFile {
  const text = readFileSync(path.join(root, file), "utf8");
  if (!CODE.test(file)) return { path: file, text };
  const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return { path: file, text, tree: ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind) };
}

/**
 * Builds a house of these files, to hold rules against, and returns its root. It stands inside the repository, so that
 * packages are found as they are from the real one.
 */
export function buildHouse(files: Readonly<Record<string, string>>): string {
  mkdirSync(path.join(ROOT, ".data"), { recursive: true });
  const root = mkdtempSync(path.join(ROOT, ".data", "house-"));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}

/** Each node for which `says` has something to say, with its line. */
export function findNodes(file: SourceFile, says: (node: ts.Node) => string | undefined): string[] {
  const { tree } = file;
  if (!tree) return [];
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const said = says(node);
    if (said !== undefined) {
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
      found.push(`${file.path}:${line + 1} ${said}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

export function findLines(file: SourceFile, pattern: RegExp): string[] {
  return file.text.split("\n").flatMap((text, index) => {
    const hit = pattern.exec(text)?.[0];
    return hit === undefined ? [] : [`${file.path}:${index + 1} ${hit}`];
  });
}
