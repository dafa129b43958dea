export type TextPart = {
  readonly key: number;
  readonly text: string;
  /** Where it leads; null for plain words. */
  readonly href: string | null;
};

const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"“”]+/gi;
const CLOSING = new Set(".,:;!?'’»…)]}");
/** Longer is no address that anybody follows; browsers and servers give up about there. */
const MAX_ADDRESS = 2_048;

/** An address without the punctuation of the sentence that it stands in; brackets that it opened itself stay. */
function trimmed(address: string): string {
  let unopened = 0;
  for (const sign of address) unopened += sign === ")" ? 1 : sign === "(" ? -1 : 0;
  let end = address.length;
  for (let last = address.charAt(end - 1); CLOSING.has(last); last = address.charAt(end - 1)) {
    if (last === ")" && unopened <= 0) break;
    if (last === ")") unopened -= 1;
    end -= 1;
  }
  return address.slice(0, end);
}

/** Only the web's own schemes, and no address that shows one host and leads to another ("bank.co.uk@elsewhere"). */
function hrefOf(address: string): string | null {
  if (address.length > MAX_ADDRESS) return null;
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
