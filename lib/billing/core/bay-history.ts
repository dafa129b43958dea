/** What Stripe says of a change of bays: how many there were until then, or from then on. */
export type BayChange = { readonly at: Date; readonly bays: number; readonly is: "until" | "from" };

export type BayHistory = {
  /** When the span began. */
  readonly first: number;
  /** Each later rise above all before, in order. */
  readonly rises: readonly { readonly bays: number; readonly at: Date }[];
};

/**
 * How the bays went since `from`, by everything that Stripe says of their changes, in whatever order that came.
 *
 * @param bays how many there are at `now`.
 * @param before how many we knew of when the span began, where nothing says otherwise.
 */
export function bayHistory(
  changes: readonly BayChange[],
  { from, now, bays, before }: { from: Date; now: Date; bays: number; before: number },
): BayHistory {
  const later = changes
    .filter(({ at }) => at > from)
    .sort((one, other) => one.at.getTime() - other.at.getTime());
  const first = later.find(({ is }) => is === "until")?.bays ?? before;
  const rises: { bays: number; at: Date }[] = [];
  let highest = first;
  for (const change of [...later.filter(({ is }) => is === "from"), { bays, at: now }])
    if (change.bays > highest) {
      rises.push({ bays: change.bays, at: change.at });
      highest = change.bays;
    }
  return { first, rises };
}
