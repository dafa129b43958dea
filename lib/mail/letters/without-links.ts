/** What no reader sees; between the parts of an address it must not hide them from these rules. */
const HIDDEN = "[\\p{Default_Ignorable_Code_Point}]*";

/** Every sign that a mail program or a browser may read as the dot of a host name. */
const DOT = "[.\u2024\u3002\uFE52\uFF0E\uFF61]";

/** The start of an address with its scheme: `https://`, `mailto:`. A time such as 9:30 is none. */
const SCHEME = /[\uFF0F/]{2,}|(?<=\p{L})[:\uFF1A](?=\S)/gu;

/** A dot within a host name: what follows it has two letters at least, as every top-level domain has. `A.B.` has not. */
const HOST_DOT = new RegExp(`(?<=\\S)${HIDDEN}${DOT}${HIDDEN}(?=\\p{L}[\\p{M}\\p{L}\\p{N}-])`, "gu");

/** Four numbers with dots: the address of a machine. */
const MACHINE = new RegExp(`\\d+(?:${HIDDEN}${DOT}${HIDDEN}\\d+){3,}`, "gu");

/**
 * A name in which nothing is left that mail programs turn into a link: the signs that make an address of it become spaces. Real
 * names ("St. John’s Garage", "A.B. Motors", "Open 24.7") stay as they are.
 */
export const withoutLinks = (name: string): string =>
  name
    .replace(MACHINE, (numbers) => numbers.replace(/\D+/gu, " "))
    .replace(HOST_DOT, " ")
    .replace(SCHEME, " ");
