/** Deeper than any provider nests, and well within what PostgreSQL's jsonb and JSON.stringify can take. */
const MAX_DEPTH = 40;

const UNSTORABLE = /\0|\p{Surrogate}/gu;
/** Half a pair or a whole one: most texts have neither, and this is told faster. */
const SUSPECT = /[\0\ud800-\udfff]/;

/** Text that PostgreSQL stores: NUL goes, half a surrogate pair becomes the replacement character. */
export const cleanText = (text: string): string =>
  SUSPECT.test(text) ? text.replace(UNSTORABLE, (bad) => (bad === "\0" ? "" : "\ufffd")) : text;

/** Parsed JSON made storable: clean text in keys and values, finite numbers, and nothing below the deepest level. */
export function cleanJson(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return cleanText(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "object" || value === null) return value;
  if (depth >= MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => cleanJson(item, depth + 1));
  return cleanRecord(value as Record<string, unknown>, depth);
}

/** The very object where it is clean, as nearly all are: making it anew costs as much as everything else here. */
function cleanRecord(record: Record<string, unknown>, depth: number): Record<string, unknown> {
  const keys = Object.keys(record);
  const items = keys.map((key) => cleanJson(record[key], depth + 1));
  const isClean = keys.every((key, nth) => items[nth] === record[key] && cleanText(key) === key);
  return isClean ? record : Object.fromEntries(keys.map((key, nth) => [cleanText(key), items[nth]]));
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
