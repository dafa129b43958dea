import type { IncomingHttpHeaders } from "node:http";
import { parseJson } from "./http";

const SECRET = new Set(["x-vapi-secret", "cookie", "set-cookie"]);
const SHOWN =
  /^(authorization|content-type|user-agent|idempotency-key|stripe-.+|i-twilio-idempotency-token|x-.+)$/;
const MAX_TEXT = 256 * 1024;

/** The headers worth showing. Credentials keep their scheme and lose their value; signatures stay, they open nothing. */
export function shownHeaders(headers: IncomingHttpHeaders | Record<string, string>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || !SHOWN.test(name.toLowerCase())) continue;
    shown[name.toLowerCase()] = redact(
      name.toLowerCase(),
      Array.isArray(value) ? value.join(", ") : String(value),
    );
  }
  return shown;
}

function redact(name: string, value: string): string {
  if (name === "authorization") return `${value.split(" ", 1)[0]} [redacted]`;
  return SECRET.has(name) ? "[redacted]" : value;
}

/** A body for the log: JSON and forms as objects, text as text, anything else as its size. */
export function shownBody(raw: Buffer | string, type: string | undefined): unknown {
  if (raw.length === 0) return null;
  if (/^(image|audio|video)\/|octet-stream|pdf/.test(type ?? "")) return `(${raw.length} bytes of ${type})`;
  const content = raw.toString();
  if (/x-www-form-urlencoded/.test(type ?? "")) return Object.fromEntries(new URLSearchParams(content));
  return parseJson(content) ?? (content.length > MAX_TEXT ? `${content.slice(0, MAX_TEXT)}…` : content);
}
