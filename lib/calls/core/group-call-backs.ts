/** A call-back as far as its place in the list goes. */
type Listed = { readonly id: string; readonly phone: string | null; readonly doneAt: Date | null };

/**
 * Call-backs of one number stand together: the open ones, and those that were closed at one moment. Groups come in the order
 * of their first, and each keeps the order of what it is given. A call-back without a number stands alone.
 */
export function groupCallBacks<T extends Listed>(callBacks: readonly T[]): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const one of callBacks) {
    const key = one.phone === null ? one.id : `${one.phone} ${one.doneAt?.getTime() ?? "open"}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}
