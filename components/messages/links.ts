export type TextPart = {
  readonly key: number;
  readonly text: string;
  /** Where it leads; null for plain words. */
  readonly href: string | null;
};

const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"“”]+/gi;
const CLOSING = /[.,:;!?'’»…)\]}]$/;

/** An address without the punctuation of the sentence that it stands in; brackets that it opened itself stay. */
function trimmed(address: string): string {
  let kept = address;
  while (CLOSING.test(kept)) {
    if (kept.endsWith(")") && kept.split("(").length >= kept.split(")").length) break;
    kept = kept.slice(0, -1);
  }
  return kept;
}

/** Only the web's own schemes, and no address that shows one host and leads to another ("bank.co.uk@elsewhere"). */
function hrefOf(address: string): string | null {
  const full = /^https?:/i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(full)) return null;
  const { href, hostname, username } = new URL(full);
  return username === "" && hostname.includes(".") ? href : null;
}

/** A text in pieces: words, and addresses that can be followed. */
export function linksIn(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  const add = (to: number, href: string | null) => {
    if (to > from) parts.push({ key: from, text: text.slice(from, to), href });
    from = Math.max(from, to);
  };
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = trimmed(found);
    const href = hrefOf(address);
    if (href === null) continue;
    add(index, null);
    add(index + address.length, href);
  }
  add(text.length, null);
  return parts;
}
