import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { PART, pathOf } from "./folder";
import type { FileKey } from "./key";

export type Bounds = {
  readonly maxBytes: number;
  /** What the sender of the bytes says of them; anything else is damaged. */
  readonly expected?: { readonly bytes?: number; readonly sha256?: string };
};

export type Written =
  /** `head`: the first bytes, by which its type is told. `sha256` in hexadecimal. */
  | { readonly kind: "written"; readonly bytes: number; readonly sha256: string; readonly head: Buffer }
  | { readonly kind: "too-large" }
  /** Not the bytes that were promised: cut short, or changed on the way. */
  | { readonly kind: "damaged" };

/** Pictures say how large they are within so much, whatever stands before it. */
const HEAD_BYTES = 512 * 1024;

/**
 * Writes a stream under a key, whole or not at all: it is written under another name, brought to disk, and only then
 * renamed, which replaces what was there. Never more than a piece of it is in memory. Throws what the stream throws.
 */
export async function writeFile(
  key: FileKey,
  source: AsyncIterable<Uint8Array>,
  bounds: Bounds,
): Promise<Written> {
  const target = pathOf(key);
  const folder = path.dirname(target);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const part = `${target}.${randomUUID()}${PART}`;
  try {
    const file = await open(part, "wx", 0o600);
    const written = await fill(file, source, bounds).finally(() => file.close());
    if (written.kind === "written") {
      await rename(part, target);
      await syncFolder(folder);
    }
    return written;
  } finally {
    await rm(part, { force: true });
  }
}

async function fill(
  file: FileHandle,
  source: AsyncIterable<Uint8Array>,
  { maxBytes, expected = {} }: Bounds,
): Promise<Written> {
  const hash = createHash("sha256");
  const head: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    if (bytes < HEAD_BYTES) head.push(chunk.subarray(0, HEAD_BYTES - bytes));
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return { kind: "too-large" };
    hash.update(chunk);
    await file.writeFile(chunk);
  }
  const sha256 = hash.digest("hex");
  const isAsPromised =
    bytes === (expected.bytes ?? bytes) && sha256 === (expected.sha256 ?? sha256).toLowerCase();
  if (!isAsPromised) return { kind: "damaged" };
  await file.sync();
  return { kind: "written", bytes, sha256, head: Buffer.concat(head) };
}

/** The name, too, outlives a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}
