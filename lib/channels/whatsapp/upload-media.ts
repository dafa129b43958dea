import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { z } from "zod";
import type { FileToHandOver, HandOver } from "@/lib/inbox/hand-over-file";
import { metaErrors } from "./errors";
import { graphHeaders, graphUrl } from "./graph";

const TIMEOUT_MS = 120_000;
const UNREACHED_MS = 5_000;

const taken = z.looseObject({ id: z.union([z.string(), z.number().transform(String)]) });
const refused = z.looseObject({ error: z.looseObject({ code: z.number().int() }) });

/** Meta's own number for a file that it does not take; for a message it means that we asked wrongly. */
const INVALID_PARAMETER = 100;

/**
 * Gives Meta a file, as a stream, and gets its id, which lasts for thirty days. Nothing is sent by it, so whatever goes wrong
 * on the way is tried again. Source: Meta, "Media", upload media
 */
export const uploadToMeta: HandOver = async (file, attempt) => {
  try {
    const form = formOf(file);
    const request: RequestInit & { duplex: "half" } = {
      method: "POST",
      headers: {
        ...graphHeaders(),
        "content-type": `multipart/form-data; boundary=${form.boundary}`,
        "content-length": String(form.bytes),
      },
      body: Readable.toWeb(Readable.from(form.pieces)) as ReadableStream<Uint8Array>,
      duplex: "half",
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    };
    const response = await fetch(graphUrl(file.identity, "media"), request);
    const body: unknown = await response.json().catch(() => undefined);
    const error = refused.safeParse(body);
    if (error.success) return refusalOf(error.data.error.code, attempt);
    const id = taken.safeParse(body).data?.id;
    return id === undefined || id === "" ? unreached(attempt) : { kind: "taken", ref: id };
  } catch {
    return unreached(attempt);
  }
};

const unreached = (attempt: number) =>
  ({ kind: "retry", afterMs: UNREACHED_MS * attempt, reason: "WhatsApp could not be reached." }) as const;

function refusalOf(code: number, attempt: number) {
  if (code === INVALID_PARAMETER)
    return {
      kind: "failed",
      code,
      reason: "WhatsApp did not take the attached file.",
      next: "tell-staff",
    } as const;
  const outcome = metaErrors.refusedSend(code, attempt);
  return outcome.kind === "sent" ? unreached(attempt) : outcome;
}

/** By hand, as the form of `fetch` would take the whole file into memory. Source: RFC 7578 */
function formOf({ mime, fileName, bytes, body }: FileToHandOver) {
  const boundary = `torqueflow-${randomUUID()}`;
  const field = (name: string, value: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const name = fileName.replace(/["\r\n\\]/g, "_");
  const head = Buffer.from(
    `${field("messaging_product", "whatsapp")}${field("type", mime)}--${boundary}\r\n` +
      `content-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${mime}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield head;
    yield* body;
    yield tail;
  }
  return { boundary, bytes: head.length + bytes + tail.length, pieces: pieces() };
}
