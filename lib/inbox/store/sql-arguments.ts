/** The values of a statement that is put together: `arg` names one more, and gives its place. */
export type Arguments = { readonly arg: (value: unknown) => string; readonly values: unknown[] };

/** A statement that begins with these values. */
export function argumentsFrom(first: readonly unknown[]): Arguments {
  const values = [...first];
  return { values, arg: (value) => `$${values.push(value)}` };
}
