/** A form as it came: every name once, with its values in their order. */
export type Form = ReadonlyMap<string, readonly string[]>;

/** Reads `application/x-www-form-urlencoded` bytes; what is not written properly stands as it is. */
export function readForm(raw: Buffer): Form {
  const form = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(raw.toString("utf8"))) {
    const values = form.get(name) ?? [];
    values.push(value);
    form.set(name, values);
  }
  return form;
}

/** The first value of a name that is not blank. */
export const fieldOf = (form: Form, name: string): string | undefined =>
  form.get(name)?.find((value) => value !== "");
