import { crc32, deflateSync } from "node:zlib";

// Small files of the demo, made here so that the repository need not hold them.

const WIDTH = 480;
const HEIGHT = 360;

/** A picture of a dashboard at night with so many warning lamps. Source: w3.org/TR/png */
export function warningLampPng(lamps = 1): Buffer {
  const rows = Buffer.alloc((1 + WIDTH * 3) * HEIGHT);
  for (let y = 0; y < HEIGHT; y += 1)
    for (let x = 0; x < WIDTH; x += 1) rows.set(colourAt(x, y, lamps), y * (1 + WIDTH * 3) + 1 + x * 3);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function colourAt(x: number, y: number, lamps: number): [number, number, number] {
  for (let lamp = 1; lamp <= lamps; lamp += 1) {
    const away = Math.hypot(x - (WIDTH * lamp) / (lamps + 1), y - HEIGHT / 2);
    if (away < 44) return lamp % 2 === 1 ? [245, 176, 40] : [222, 62, 52];
    if (away < 52) return [96, 62, 18];
  }
  const dial = Math.hypot(x - WIDTH / 2, y - HEIGHT * 0.9);
  if (Math.abs(dial - 240) < 3) return [92, 104, 124];
  const shade = 26 + Math.round(y / 12);
  return [shade, shade + 4, shade + 12];
}

const RATE = 8_000;
const SECONDS = 3;

/** Three seconds of a rising hum: 8 kHz, 8 bits, one channel. Source: the WAVE format, "fmt " and "data" */
export function toneWav(): Buffer {
  const sound = Buffer.alloc(RATE * SECONDS);
  for (let n = 0; n < sound.length; n += 1) {
    const time = n / RATE;
    const loud = Math.min(1, time * 4, (SECONDS - time) * 4);
    sound[n] = 128 + Math.round(50 * loud * Math.sin(2 * Math.PI * (160 + 40 * time) * time));
  }
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + sound.length, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(sound.length, 40);
  return Buffer.concat([head, sound]);
}

/** One page with one line of plain letters. Source: ISO 32000, "File structure" */
export function letterPdf(line: string): Buffer {
  const text = `BT /F1 16 Tf 60 760 Td (${line.replace(/[()\\]/g, "\\$&")}) Tj ET`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${text.length}>>\nstream\n${text}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  let file = "%PDF-1.4\n";
  const places = objects.map((object, nth) => {
    const at = file.length;
    file += `${nth + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const table = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join("")}`;
  file += `trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}
