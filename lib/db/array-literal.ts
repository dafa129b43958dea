export type Literal = number | bigint | boolean | string | Date | null | undefined;

/**
 * Values as the text of a PostgreSQL array; a date is its instant, what is missing is NULL. Written here because the
 * driver's own way takes twice as long, a twentieth of a full batch.
 */
export const arrayLiteral = (values: readonly Literal[]): string => `{${values.map(element).join(",")}}`;

function element(value: Literal): string {
  if (typeof value === "string") return quoted(value);
  if (value === null || value === undefined) return "NULL";
  return value instanceof Date ? `"${value.toJSON()}"` : String(value);
}

/** Replacing costs as much as all else, and ids need none. */
const quoted = (text: string): string =>
  text.includes('"') || text.includes("\\") ? `"${text.replace(/["\\]/g, "\\$&")}"` : `"${text}"`;
