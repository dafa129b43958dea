import { Readable } from "node:stream";
import type { ByteSpan, OpenFile } from "@/lib/files/folder";
import { readRange } from "./byte-range";
import { contentDisposition } from "./content-disposition";

export type ServedFile = {
  readonly file: OpenFile;
  /** Told from its bytes; of what a browser might run, `application/octet-stream`. */
  readonly mime: string;
  readonly fileName: string;
  /** Whether a page may show it; what it may not is always saved. */
  readonly isShown: boolean;
  readonly sha256: string;
};

/**
 * A file as an answer: streamed, whole or the range that was asked for. Whatever somebody has sent in, it runs nothing and
 * loads nothing (`security-headers.ts` has the policy for its path).
 */
export function fileResponse(request: Request, served: ServedFile): Response {
  const { file, mime, fileName, isShown, sha256 } = served;
  const isSaved = !isShown || new URL(request.url).searchParams.has("download");
  const headers = {
    "content-type": mime,
    "content-disposition": contentDisposition(isSaved ? "attachment" : "inline", fileName),
    "accept-ranges": "bytes",
    etag: `"${sha256}"`,
  };
  const stream = file.stream;
  if (request.headers.get("if-none-match") === headers.etag)
    return answer(stream(NOTHING).destroy(), 304, headers);
  const range = readRange(request.headers.get("range"), file.bytes);
  if (range === "unsatisfiable")
    return answer(stream(NOTHING).destroy(), 416, { "content-range": `bytes */${file.bytes}` });
  if (range === "whole") return answer(stream(), 200, { ...headers, "content-length": String(file.bytes) });
  return answer(stream(range), 206, { ...headers, ...rangeHeaders(range, file.bytes) });
}

const NOTHING = { start: 0, end: 0 };

const rangeHeaders = ({ start, end }: ByteSpan, bytes: number) => ({
  "content-range": `bytes ${start}-${end}/${bytes}`,
  "content-length": String(end - start + 1),
});

function answer(stream: Readable, status: number, headers: Record<string, string>): Response {
  const body = stream.destroyed ? null : (Readable.toWeb(stream) as unknown as ReadableStream<Uint8Array>);
  return new Response(body, { status, headers });
}
