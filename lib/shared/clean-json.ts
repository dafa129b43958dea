/** Deeper than any provider nests, and well within what PostgreSQL's jsonb and JSON.stringify can take. */
const MAX_DEPTH = 40;

const UNSTORABLE = /\0|\p{Surrogate}/gu;

/** Text that PostgreSQL stores: NUL goes, half a surrogate pair becomes the replacement character. */
export const cleanText = (text: string): string =>
  text.replace(UNSTORABLE, (bad) => (bad === "\0" ? "" : "\ufffd"));

/** Parsed JSON made storable: clean text in keys and values, finite numbers, and nothing below the deepest level. */
export function cleanJson(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return cleanText(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "object" || value === null) return value;
  if (depth >= MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => cleanJson(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [cleanText(key), cleanJson(item, depth + 1)]),
  );
}

/** Text that holds a JSON object, made storable; undefined for anything else. */
export function parseRecord(text: string): Record<string, unknown> | undefined {
  if (!text.trim().startsWith("{")) return undefined;
  try {
    return cleanJson(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
