import { open, opendir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { env } from "@/lib/shared/env";
import { hasCode } from "./has-code";
import type { FileKey } from "./key";

/** How the name of a file ends that is not whole yet. */
export const PART = ".part";

/** Where a key's file lies. Every instance of application and worker must see the same folder. */
export const pathOf = (key: FileKey): string =>
  path.join(/* turbopackIgnore: true */ path.resolve(env().MEDIA_DIR), key);

export type OpenFile = { readonly bytes: number; readonly stream: (range?: ByteSpan) => Readable };

/** From the first to the last byte, both included. */
export type ByteSpan = { readonly start: number; readonly end: number };

/** A stored file; undefined where there is none. Its stream must be read or destroyed, which closes it. */
export async function openFile(key: FileKey): Promise<OpenFile | undefined> {
  try {
    const file = await open(pathOf(key), "r");
    const { size: bytes } = await file.stat();
    return { bytes, stream: (range) => file.createReadStream(range) };
  } catch (error) {
    return unlessGone(error);
  }
}

/** Removes a file; nothing happens where there is none. */
export const removeFile = (key: FileKey): Promise<void> => rm(pathOf(key), { force: true });

/** Removes what was never written to its end, because its process died, and was begun before then. Returns how many. */
export async function removeParts(before: Date): Promise<number> {
  let removed = 0;
  for await (const file of partsBelow(path.resolve(env().MEDIA_DIR))) {
    const found = await stat(file).catch(unlessGone); // finished, or removed by another worker meanwhile
    if (!found || found.mtime >= before) continue;
    await rm(file, { force: true });
    removed += 1;
  }
  return removed;
}

async function* partsBelow(root: string): AsyncGenerator<string> {
  const entries = (await opendir(root, { recursive: true }).catch(unlessGone)) ?? [];
  for await (const entry of entries)
    if (entry.isFile() && entry.name.endsWith(PART)) yield path.join(entry.parentPath, entry.name);
}

function unlessGone(error: unknown): undefined {
  if (!hasCode(error, "ENOENT")) throw error;
}
