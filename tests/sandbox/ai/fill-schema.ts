import { isRecord, record, string } from "../core/http";

/** What the sandbox would say where a field asks for it; the first name that fits counts. */
export type Known = readonly (readonly [name: RegExp, value: unknown])[];

/** A value that fits a JSON Schema: known fields by their names, anything else null where it may be, or the plainest. */
export function fillSchema(schema: unknown, known: Known, name = ""): unknown {
  const node = record(schema);
  const value = known.find(([pattern]) => pattern.test(name))?.[1];
  if (value === undefined && isNullable(node)) return null;
  const options = [node.anyOf, node.oneOf].find(Array.isArray) as unknown[] | undefined;
  if (options)
    return fillSchema(options.find((option) => record(option).type !== "null") ?? options[0], known, name);
  if (node.const !== undefined) return node.const;
  if (Array.isArray(node.enum)) return node.enum.includes(value) ? value : node.enum[0];
  switch (typeOf(node)) {
    case "string":
      return fillString(node, value);
    case "number":
    case "integer":
      return typeof value === "number" ? value : (node.minimum ?? 0);
    case "boolean":
      return value === true;
    case "array":
      return Array.isArray(value) ? value : [];
    default:
      return isRecord(node.properties) ? fillObject(node, known) : string(value);
  }
}

const typeOf = ({ type }: Record<string, unknown>): unknown =>
  Array.isArray(type) ? type.find((one) => one !== "null") : type;

function isNullable({ type, anyOf, oneOf }: Record<string, unknown>): boolean {
  const options = [anyOf, oneOf].flatMap((list): unknown[] => (Array.isArray(list) ? list : []));
  return (
    (Array.isArray(type) && type.includes("null")) || options.some((option) => record(option).type === "null")
  );
}

function fillString({ minLength, maxLength }: Record<string, unknown>, value: unknown): string {
  if (typeof value !== "string") return Number(minLength) > 0 ? "n/a" : "";
  return typeof maxLength === "number" ? value.slice(0, maxLength) : value;
}

function fillObject(node: Record<string, unknown>, known: Known): Record<string, unknown> {
  const entries = Object.entries(record(node.properties));
  return Object.fromEntries(entries.map(([name, property]) => [name, fillSchema(property, known, name)]));
}
