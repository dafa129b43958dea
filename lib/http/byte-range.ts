import type { ByteSpan } from "@/lib/files/folder";

/**
 * What a `Range` header asks for of so many bytes: the whole where it is absent, has several ranges or cannot be read, as
 * a server may. Source: RFC 9110, section 14
 */
export function readRange(header: string | null, bytes: number): ByteSpan | "whole" | "unsatisfiable" {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "");
  const [, first = "", last = ""] = asked ?? [];
  if (!asked || (first === "" && last === "")) return "whole";
  if (first === "") {
    const length = Number(last);
    return length === 0 || bytes === 0
      ? "unsatisfiable"
      : { start: Math.max(0, bytes - length), end: bytes - 1 };
  }
  const start = Number(first);
  const end = last === "" ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== "" && Number(last) < start) return "whole";
  return start >= bytes ? "unsatisfiable" : { start, end };
}
