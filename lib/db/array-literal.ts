export type Literal = number | bigint | boolean | string | Date | null | undefined;

/**
 * What `pick` finds in the items as the text of a PostgreSQL array; a date is its instant, what is missing is NULL. Written
 * here because the driver's own way takes twice as long, a twentieth of a full batch.
 */
export const arrayLiteral = <Item>(items: readonly Item[], pick: (item: Item) => Literal): string =>
  `{${items.map((item) => element(pick(item))).join(",")}}`;

function element(value: Literal): string {
  if (typeof value === "string") return quoted(value);
  if (value === null || value === undefined) return "NULL";
  return value instanceof Date ? `"${value.toISOString()}"` : `${value}`;
}

const SPECIAL = /["\\]/;

/** Replacing costs as much as all else, and ids need none. */
const quoted = (text: string): string =>
  SPECIAL.test(text) ? `"${text.replace(/["\\]/g, "\\$&")}"` : `"${text}"`;
