import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { afterAll } from "vitest";

/** A folder for the files of one test file's messages, set as `MEDIA_DIR` before anything reads it. */
export function givenMediaFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "torqueflow-media-"));
  process.env.MEDIA_DIR = folder;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A grey PNG of this size; `filler` bytes of noise that is no part of the picture make it larger. */
export function png(width = 4, height = 3, filler = 0): Buffer {
  const row = Buffer.alloc(width + 1, 0x60).fill(0, 0, 1); // each begins with its filter: none
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    ...(filler > 0 ? [chunk("zTXt", Buffer.alloc(filler, 1))] : []),
    chunk("IDAT", deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A JPEG by its first bytes, with a script inside, as somebody who wants a browser to run it would send. */
export const polyglot = (): Buffer =>
  Buffer.concat([
    Buffer.from("ffd8ffe000104a46494600010100000100010000", "hex"),
    Buffer.from("<html><script>document.title='owned'</script></html>"),
    Buffer.from("ffd9", "hex"),
  ]);

export const svg = (): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>document.title='owned'</script></svg>`);

export const pdf = (): Buffer =>
  Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

/** An Ogg page that says it holds Opus: a voice note, as far as its type goes. */
export const ogg = (): Buffer =>
  Buffer.concat([
    Buffer.from("OggS"),
    Buffer.from([0, 2]),
    Buffer.alloc(20),
    Buffer.from([1, 19]),
    Buffer.from("OpusHead"),
    Buffer.alloc(64),
  ]);
