import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { SourceFile } from "./house";

const ROOM = "(?:app|components|docs|lib|prisma|public|scripts|tests)";
/** A path in back quotes, up to the first character that makes it a pattern or a placeholder. */
const NAMED = new RegExp(`\`(${ROOM}/[^\`\\s]*)\``, "g");
const LINK = /\]\((?!https?:|mailto:|#)([^)#\s]+)/g;
const PATTERN = /[*<>{}$…|]/;

/** A document of the house: README and what lies in docs/, and the READMEs of its rooms. */
export function readDocuments(root: string): SourceFile[] {
  const inDocs = existsSync(path.join(root, "docs"))
    ? readdirSync(path.join(root, "docs"), { encoding: "utf8" }).map((file) => `docs/${file}`)
    : [];
  return [...readdirSync(root), ...inDocs, "tests/sandbox/README.md"]
    .filter((file) => file.endsWith(".md") && existsSync(path.join(root, file)))
    .map((file) => ({ path: file, text: readFileSync(path.join(root, file), "utf8") }));
}

/** One line for each path that a document, or a comment of the code, names and that does not exist. */
export function lostPaths(root: string, files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path: file, text, tree }) => {
    const named = [...text.matchAll(NAMED)].map((hit) => ({ hit, target: hit[1] ?? "" }));
    const linked = tree
      ? []
      : [...text.matchAll(LINK)].map((hit) => ({
          hit,
          target: path.posix.join(path.posix.dirname(file), hit[1] ?? ""),
        }));
    return [...named, ...linked]
      .filter(({ target }) => !PATTERN.test(target) && !existsSync(path.join(root, target)))
      .map(({ hit, target }) => `${file}:${text.slice(0, hit.index).split("\n").length} ${target}`);
  });
}
