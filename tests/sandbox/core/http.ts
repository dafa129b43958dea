import type { IncomingHttpHeaders } from "node:http";

export interface SandboxRequest {
  method: string;
  url: URL;
  /** Below the provider's prefix. */
  path: string;
  params: Readonly<Record<string, string>>;
  headers: IncomingHttpHeaders;
  raw: Buffer;
  /** Aborted when the other side went away. */
  gone: AbortSignal;
}

export type Reply =
  | { kind: "reply"; status: number; headers: Readonly<Record<string, string>>; body: string | Buffer }
  | {
      kind: "stream";
      headers: Readonly<Record<string, string>>;
      chunks: AsyncIterable<string | Buffer>;
      summary: unknown;
      cut: boolean;
    }
  /** Never answers: the other side has to give up. */
  | { kind: "silence" }
  /** Closes the connection without a word. */
  | { kind: "hang-up" };

export const json = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply => ({
  kind: "reply",
  status,
  headers: { "content-type": "application/json; charset=utf-8", ...headers },
  body: JSON.stringify(body),
});

export const text = (status: number, body: string, type = "text/plain; charset=utf-8"): Reply => ({
  kind: "reply",
  status,
  headers: { "content-type": type },
  body,
});

export const bytes = (body: Buffer, type: string): Reply => ({
  kind: "reply",
  status: 200,
  headers: { "content-type": type, "content-length": String(body.length) },
  body,
});

/** A body as JSON; undefined where it is none. */
export function parseJson(raw: Buffer | string): unknown {
  try {
    return JSON.parse(raw.toString());
  } catch {
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const record = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

export const string = (value: unknown): string => (typeof value === "string" ? value : "");
