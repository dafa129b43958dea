export type Literal = number | bigint | boolean | string | Date | null | undefined;

/**
 * What `pick` finds in the items as the text of a PostgreSQL array; a date is its instant, what is missing is NULL. Written
 * here because the driver's own way takes twice as long, a twentieth of a full batch.
 */
export function arrayLiteral<Item>(items: readonly Item[], pick: (item: Item) => Literal): string {
  let text = "";
  for (const item of items) text += `,${element(pick(item))}`;
  return `{${text.slice(1)}}`;
}

function element(value: Literal): string {
  if (typeof value === "string") return quoted(value);
  if (value === null || value === undefined) return "NULL";
  return value instanceof Date ? `"${value.toISOString()}"` : `${value}`;
}

const SPECIAL = /["\\]/;

/** Replacing costs as much as all else, and ids need none. */
const quoted = (text: string): string =>
  SPECIAL.test(text) ? `"${text.replace(/["\\]/g, "\\$&")}"` : `"${text}"`;
