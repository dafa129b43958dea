/** A word or a line on a page of A4; `x` and `y` in points from the top left, `right` ends there. */
export interface Print {
  text: string;
  x: number;
  y: number;
  size?: number;
  bold?: boolean;
  right?: boolean;
}

const [WIDTH, HEIGHT] = [595, 842];
const SIZE = 10;
/** Widths of Helvetica for what stands on the right: digits, and the rest about as wide. Source: Adobe's font metrics. */
const NARROW: Readonly<Record<string, number>> = {
  ".": 278,
  ",": 278,
  " ": 278,
  "-": 333,
  "(": 333,
  ")": 333,
};
const WIDE = 556;

const widthOf = (text: string, size: number): number =>
  ([...text].reduce((sum, char) => sum + (NARROW[char] ?? WIDE), 0) * size) / 1_000;

/** In WinAnsi, as the fonts are encoded; what it has not becomes a question mark. */
const literal = (text: string): string =>
  `(${[...text]
    .map((char) => (char.charCodeAt(0) > 255 ? (char === "–" ? "\\226" : "?") : char))
    .join("")
    .replace(/[()]|\\(?!\d)/g, (char) => `\\${char}`)})`;

const show = ({ text, x, y, size = SIZE, bold = false, right = false }: Print): string => {
  const left = right ? x - widthOf(text, size) : x;
  return `BT /F${bold ? 2 : 1} ${size} Tf ${left.toFixed(1)} ${(HEIGHT - y).toFixed(1)} Td ${literal(text)} Tj ET`;
};

/** One page of text as a PDF, by hand: what a viewer needs, and nothing more. Source: ISO 32000-1, annex H */
export function pdf(title: string, prints: readonly Print[]): Buffer {
  const content = prints.map(show).join("\n");
  const font = (name: string) =>
    `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    font("Helvetica"),
    font("Helvetica-Bold"),
    `<< /Title ${literal(title)} /Producer (Torqueflow sandbox) >>`,
  ];
  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  const size = objects.length + 1;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join("")}trailer\n<< /Size ${size} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + end, "latin1");
}
