import ts from "typescript";
import type { SourceFile, SourceRule } from "./house";

/**
 * What a distributed PostgreSQL (Citus 13, distributed by row) refuses or trips over, and any PostgreSQL does without. Each was
 * met there; the form that works stands beside it.
 */
const SHAPES: readonly (readonly [shape: RegExp, instead: string])[] = [
  [/\bCASE\s+(?!WHEN\b)\S/gi, "CASE x WHEN: write CASE WHEN x = …"],
  [/\bEND\s*::\s*\w+/gi, "a cast of a whole CASE: cast each constant in it"],
  [/\bCASE\b[^;]*?\bIN \(\w+::text\b/gi, "a column as text inside CASE: compare it as it is"],
  [
    /(\bSET|,)\s*\w+\s*=\s*(\w+|\([^()]*\))\[[^=]*?\]\s*(,|$|\bWHERE\b|\bFROM\b)/gi,
    "a subscript alone on the right of SET",
  ],
  [
    /\bDO UPDATE\b[^;]*\bSET\b[^;]*\b(now\(\)|current_timestamp)/gi,
    "the clock in ON CONFLICT: write excluded.…",
  ],
  [/\bON UPDATE CASCADE\b/gi, "ON UPDATE CASCADE: keys are never changed"],
  [
    /\bALTER TABLE\b[^;]*\b(ADD|DROP) CONSTRAINT\b[^;]*,\s*(ADD|DROP|ALTER|VALIDATE)\b/gi,
    "several subcommands beside a constraint: write one an ALTER TABLE",
  ],
  [
    /\bALTER TABLE\b[^;]*,\s*(ADD|DROP) CONSTRAINT\b/gi,
    "several subcommands beside a constraint: write one an ALTER TABLE",
  ],
  [
    /\bFROM channel_number\b[^;]*\bLEFT JOIN\b/gi,
    "an outer join of the lines with a garage's rows: ask twice",
  ],
  [/\badd_job\([^;]*\)\s*FROM (?!unnest\b)\w+/gi, "a job for rows of a table: read them first"],
];

/** Migrations before this one were written without these rules, and are never changed. */
const FIRST_MIGRATION = "20261125110000";

const isLaterMigration = (file: string): boolean => {
  const number = /^prisma\/migrations\/(\d+)/.exec(file)?.[1];
  return number !== undefined && number >= FIRST_MIGRATION;
};

/** The SQL of a file, each piece with its place: a `.sql` file whole, of code its texts. Comments are blanked out. */
function sqlOf({ text, tree }: SourceFile): { readonly at: number; readonly sql: string }[] {
  if (!tree) return [{ at: 0, sql: text.replace(/--.*$/gm, (comment) => " ".repeat(comment.length)) }];
  const found: { at: number; sql: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      const sql = node.getText(tree).slice(1, -1);
      found.push({
        at: node.getStart(tree) + 1,
        sql: sql.replace(/--.*$/gm, (comment) => " ".repeat(comment.length)),
      });
    } else ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

function shapeOffences(file: SourceFile): string[] {
  return sqlOf(file).flatMap(({ at, sql }) =>
    SHAPES.flatMap(([shape, instead]) =>
      [...sql.matchAll(shape)].map(({ index }) => `${file.path}:${lineAt(file.text, at + index)} ${instead}`),
    ),
  );
}

const MAX_COLUMNS = 100;

export const SQL_RULES: readonly SourceRule[] = [
  {
    name: "sql-spreads",
    promise: "stores, functions and new migrations hold no SQL that a distributed PostgreSQL refuses",
    concerns: (file) =>
      /^lib\/.+\.ts$/.test(file) ||
      /^prisma\/(functions|seed)\//.test(file) ||
      (file.endsWith(".sql") && isLaterMigration(file)),
    offences: shapeOffences,
  },
  {
    name: "keys-are-not-updated",
    promise: "every relation of the schema says that keys are not updated",
    concerns: (file) => file.endsWith(".prisma"),
    offences: (file) =>
      file.text
        .split("\n")
        .flatMap((line, index) =>
          /@relation\(.*\bfields:/.test(line) && !/\bonUpdate: NoAction\b/.test(line)
            ? [`${file.path}:${index + 1} a relation without onUpdate: NoAction`]
            : [],
        ),
  },
  {
    name: "functions-fit-a-page",
    promise: `a database function's file has at most ${MAX_COLUMNS} columns`,
    concerns: (file) => file.startsWith("prisma/functions/"),
    offences: (file) =>
      file.text
        .split("\n")
        .flatMap((line, index) =>
          line.length > MAX_COLUMNS ? [`${file.path}:${index + 1} ${line.length} columns`] : [],
        ),
  },
];
