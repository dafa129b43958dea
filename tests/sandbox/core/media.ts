import { createHash } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";
import { newId } from "./ids";

export interface Media {
  id: string;
  mime: string;
  content: Buffer;
  sha256: Buffer;
}

/** Files which customers sent. */
export function createMedia() {
  const files = new Map<string, Media>();
  function add(content: Buffer, mime: string): Media {
    const media = { id: newId.media(), mime, content, sha256: createHash("sha256").update(content).digest() };
    files.set(media.id, media);
    return media;
  }
  return { add, get: (id: string) => files.get(id), reset: () => files.clear() };
}

export type MediaFiles = ReturnType<typeof createMedia>;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

const WIDTH = 96;
const HEIGHT = 72;

/** A small PNG: a warning lamp on a dashboard, enough to see that a picture arrived. Source: w3.org/TR/png. */
export function samplePicture(): Buffer {
  const rows: Buffer[] = [];
  for (let y = 0; y < HEIGHT; y++) {
    const row = Buffer.alloc(1 + WIDTH * 3);
    for (let x = 0; x < WIDTH; x++) row.set(colourAt(x, y), 1 + x * 3);
    rows.push(row);
  }
  const header = Buffer.from([0, 0, 0, WIDTH, 0, 0, 0, HEIGHT, 8, 2, 0, 0, 0]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function colourAt(x: number, y: number): [number, number, number] {
  const lamp = Math.hypot(x - WIDTH / 2, y - HEIGHT / 2);
  if (lamp < 16) return [245, 176, 40];
  if (lamp < 19) return [120, 80, 20];
  return [28 + Math.round(y / 4), 34 + Math.round(y / 4), 44 + Math.round(y / 3)];
}
