export type Literal = number | bigint | boolean | string | Date | null | undefined;

/**
 * Values as the text of a PostgreSQL array; a date is its instant, what is missing is NULL. Written here because the
 * driver's own way takes twice as long, a twentieth of a full batch.
 */
export const arrayLiteral = (values: readonly Literal[]): string => `{${values.map(element).join(",")}}`;

function element(value: Literal): string {
  if (value === null || value === undefined) return "NULL";
  if (value instanceof Date) return quoted(value.toJSON());
  return typeof value === "string" ? quoted(value) : String(value);
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;
