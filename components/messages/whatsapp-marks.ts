/** A run of text in WhatsApp's own marks: *bold*, _italic_, ~struck~ and ```code```. */
export type Marked =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "bold" | "italic" | "struck"; readonly inner: readonly Marked[] };

const KINDS = { "*": "bold", _: "italic", "~": "struck" } as const;

/** A mark begins before and ends after a character that is no blank, and never stands within a word. */
const MARK = /```([\s\S]+?)```|(?<![\p{L}\p{N}*_~])([*_~])(?=\S)([^\n]*?\S)\2(?![\p{L}\p{N}*_~])/u;

/** Reads the marks as WhatsApp shows them. */
export function readMarks(text: string): readonly Marked[] {
  const found = MARK.exec(text);
  if (!found) return text === "" ? [] : [{ kind: "text", text }];
  const [whole, code, sign, inner = ""] = found;
  const marked: Marked =
    code === undefined
      ? { kind: KINDS[sign as keyof typeof KINDS], inner: readMarks(inner) }
      : { kind: "code", text: code };
  return [
    ...readMarks(text.slice(0, found.index)),
    marked,
    ...readMarks(text.slice(found.index + whole.length)),
  ];
}
