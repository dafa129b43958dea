/** A body or query as Stripe understands it: `a[b][0]=c` is `{ a: { b: ["c"] } }`. */
export type GivenValue = string | readonly GivenValue[] | Given;
export interface Given {
  readonly [name: string]: GivenValue;
}

type Tree = Map<string, string | Tree>;

/** `a[b][]` is `a`, `b` and an empty name, which stands for the next place of a list. */
function segmentsOf(name: string): string[] {
  const [, first = name, rest = ""] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
  return [first, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map((match) => match[1] ?? "")];
}

function insert(tree: Tree, [head = "", ...rest]: readonly string[], value: string): void {
  const name = head === "" ? String(tree.size) : head;
  if (rest.length === 0) {
    tree.set(name, value);
    return;
  }
  const found = tree.get(name);
  const inner: Tree = found instanceof Map ? found : new Map();
  tree.set(name, inner);
  insert(inner, rest, value);
}

/** Keys that count from 0 are a list, except in metadata, whose keys are the caller's own. */
function plain(tree: Tree, name: string): GivenValue {
  const entries = [...tree].map(
    ([key, value]) => [key, value instanceof Map ? plain(value, key) : value] as const,
  );
  const counts = name !== "metadata" && entries.every(([key], index) => key === String(index));
  return counts && entries.length > 0 ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

export function parseForm(text: string): Given {
  const tree: Tree = new Map();
  for (const [name, value] of new URLSearchParams(text)) insert(tree, segmentsOf(name), value);
  return Object.fromEntries(
    [...tree].map(([key, value]) => [key, value instanceof Map ? plain(value, key) : value]),
  );
}
