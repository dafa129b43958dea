import { createHash } from "node:crypto";
import fc from "fast-check";

/** Text that no compression makes small. */
const INCOMPRESSIBLE = Array.from({ length: 120 }, (_, index) =>
  createHash("sha256").update(String(index)).digest("base64"),
).join("");

const STRINGS = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\udc00x",
  "\u202e\u200b\ufeff",
  "'; DROP TABLE message; --",
  "<script>alert(1)</script>",
  "{{7*7}}%s%n",
  "../../../../etc/passwd",
  "__proto__",
  "constructor",
  "toString",
  "1e308",
  "-1",
  "99999999999999999999999999",
  "NaN",
  "2026-13-45T99:99:99Z",
  "😀".repeat(600),
  "x".repeat(5_000),
  INCOMPRESSIBLE,
];

const NUMBERS = [0, -0, -1, 0.5, 1e308, -1e308, 2 ** 31, 2 ** 53, 5e-324, 131047] as const;

/** A leaf that somebody means harm with, or that is merely wrong. */
const hostileLeaf = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom<unknown>(...STRINGS),
    fc.constantFrom<unknown>(...NUMBERS),
    fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { __proto__: 1 }),
    fc.string({ unit: "binary" }),
  );

export const hostileText = (): fc.Arbitrary<string> =>
  fc.oneof(fc.constantFrom<string>(...STRINGS), fc.string({ unit: "binary" }));

export const hostileJson = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.jsonValue({ maxDepth: 6 }),
    hostileLeaf(),
    fc.array(hostileLeaf()),
    fc.dictionary(hostileText(), hostileLeaf()),
  );

type Change = { readonly at: number; readonly to: unknown };

/** A few changes to make somewhere in a document. */
export const changes = (): fc.Arbitrary<Change[]> =>
  fc.array(fc.record({ at: fc.nat(), to: hostileLeaf() }), { minLength: 1, maxLength: 4 });

/** The document with a node replaced for each change; `keep` names the keys that are left alone. */
export function changed<T>(document: T, list: readonly Change[], keep: readonly string[] = []): T {
  const copy = { root: structuredClone(document) };
  for (const { at, to } of list) {
    const nodes = nodesOf(copy.root, keep);
    const node = nodes[at % Math.max(1, nodes.length)];
    if (node) Reflect.set(node.parent, node.key, structuredClone(to));
  }
  return copy.root;
}

type Node = { readonly parent: object; readonly key: string };

function nodesOf(value: unknown, keep: readonly string[]): Node[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    keep.includes(key) ? [] : [{ parent: value, key }, ...nodesOf(child, keep)],
  );
}

/** A text of JSON nested so deep, in place of `"here"`. */
export const nested = (text: string, depth: number): string =>
  text.replace('"here"', () => `${'{"a":['.repeat(depth)}1${"]}".repeat(depth)}`);
