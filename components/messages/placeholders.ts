export type KnownValues = Readonly<Record<Placeholder, string | null>>;

type Placeholder = "firstName" | "garage" | "vehicle";

const MARK = /\{(firstName|garage|vehicle)\}/;

/** A canned response with what is known in place of its placeholders; the others stay, for the advisor to fill in. */
export const fillIn = (body: string, known: KnownValues): string =>
  body.replace(new RegExp(MARK, "g"), (mark, name: Placeholder) => known[name] ?? mark);

export type Gap = { readonly mark: string; readonly from: number; readonly to: number };

/** The first placeholder that is still to be filled in; null where there is none. */
export function firstGap(text: string): Gap | null {
  const found = MARK.exec(text);
  return found && { mark: found[0], from: found.index, to: found.index + found[0].length };
}

export type Slash = { readonly query: string; readonly from: number; readonly to: number };

/** What is typed after a "/" at the start of a word, up to the cursor; null where nothing is looked for. */
export function slashBefore(text: string, cursor: number): Slash | null {
  const found = /(?:^|\s)\/([a-z0-9-]*)$/i.exec(text.slice(0, cursor));
  if (!found) return null;
  const query = found[1] ?? "";
  return { query: query.toLowerCase(), from: cursor - query.length - 1, to: cursor };
}

/** Those whose shortcut begins with what is typed, then those that hold it anywhere. */
export function matching<One extends { readonly shortcut: string; readonly body: string }>(
  all: readonly One[],
  query: string,
): One[] {
  const begins = all.filter(({ shortcut }) => shortcut.startsWith(query));
  const holds = all.filter(
    (one) => !begins.includes(one) && `${one.shortcut} ${one.body}`.toLowerCase().includes(query),
  );
  return [...begins, ...holds];
}
