/** A run of text in WhatsApp's own marks: *bold*, _italic_, ~struck~ and ```code```. */
export type Marked =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "bold" | "italic" | "struck"; readonly inner: readonly Marked[] };

const KINDS = { "*": "bold", _: "italic", "~": "struck" } as const;

type Sign = keyof typeof KINDS;

const CODE = "```";
/** A mark begins before and ends after a character that is no blank, and never stands within a word. */
const OPENING = /```|(?<![\p{L}\p{N}*_~])[*_~](?=\S)/u;
/** Bold, italic and struck at once; what is marked within that is shown as it was written. */
const MOST_DEEP = 3;

/** Reads the marks as WhatsApp shows them, in time that grows with the text and no faster. */
export function readMarks(text: string): readonly Marked[] {
  return marksIn(text, 0);
}

function marksIn(text: string, depth: number): readonly Marked[] {
  if (depth === MOST_DEEP) return [{ kind: "text", text }];
  const marks: Marked[] = [];
  const addText = (from: number, to: number) => {
    if (to > from) marks.push({ kind: "text", text: text.slice(from, to) });
  };
  const nextOpening = placesOf(OPENING, text);
  const nextLine = placesOf(/\n/, text);
  const nextClosing = {
    "*": placesOf(/(?<=\S)[*](?![\p{L}\p{N}*_~])/u, text),
    _: placesOf(/(?<=\S)_(?![\p{L}\p{N}*_~])/u, text),
    "~": placesOf(/(?<=\S)~(?![\p{L}\p{N}*_~])/u, text),
    [CODE]: placesOf(/```/, text),
  };
  let shown = 0;
  for (let at = nextOpening(0); at < text.length; ) {
    const sign = text.startsWith(CODE, at) ? CODE : (text.charAt(at) as Sign);
    const from = at + sign.length;
    const to = nextClosing[sign](from + 1);
    const isMark = to < text.length && (sign === CODE || to < nextLine(from));
    if (isMark) {
      addText(shown, at);
      marks.push(
        sign === CODE
          ? { kind: "code", text: text.slice(from, to) }
          : { kind: KINDS[sign], inner: marksIn(text.slice(from, to), depth + 1) },
      );
      shown = to + sign.length;
    }
    at = nextOpening(isMark ? shown : at + 1);
  }
  addText(shown, text.length);
  return marks;
}

/** Where a pattern is found next, from places that only grow, so that the text is gone through once; Infinity where nowhere. */
function placesOf(pattern: RegExp, text: string): (from: number) => number {
  const search = new RegExp(pattern, `${pattern.flags}g`);
  let found = -1;
  return (from) => {
    if (found >= from) return found;
    search.lastIndex = from;
    found = search.exec(text)?.index ?? Number.POSITIVE_INFINITY;
    return found;
  };
}
