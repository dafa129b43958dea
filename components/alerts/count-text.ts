const MOST = 99;

/** A count as it is shown where there is little room. */
export const countText = (count: number): string => (count > MOST ? `${MOST}+` : String(count));

/** A page's title with what waits before it; a count that stood there before is replaced. */
export function titleWith(title: string, count: number): string {
  const plain = title.replace(/^\(\d+\+?\) /, "");
  return count > 0 ? `(${countText(count)}) ${plain}` : plain;
}
