/** One posting, as far as it says who is without which credits. Amounts are above 0. */
export type Move =
  /** A group's draw: from a lot, or (null) beyond the last one. */
  | { readonly does: "take"; readonly group: string; readonly lotId: bigint | null; readonly amount: bigint }
  | { readonly does: "give-back"; readonly group: string; readonly amount: bigint }
  /** A grant's lot paid for overdraft, or (null) an adjustment wrote it off. */
  | { readonly does: "settle"; readonly lotId: bigint | null; readonly amount: bigint };

export type GiveBack = {
  /** How much of the open overdraft is settled. */
  readonly settles: bigint;
  /** What goes back into lots, in the order of the draw. */
  readonly lots: readonly { readonly id: bigint; readonly amount: bigint }[];
};

/** Who is without the credits: a lot, nobody yet (open overdraft), or nobody any more. */
type Bearer = bigint | "overdraft" | "written-off";

type Part = { readonly group: string; readonly bearer: Bearer; readonly amount: bigint };

/**
 * Where credits go that a group took (an interaction, or the reversals of one grant) and now gives back: along its recorded
 * draws, the last ones first, each to the very lot that is without it. Overdraft that a grant settled is borne by that
 * grant's lot; what was written off comes back to nobody. Overdraft that is open is settled first: the group's own, then
 * what others still owe, by the lots in the order of the draw.
 *
 * `moves` are the account's, in sequence. The group still holds `outstanding` and gives back `amount` of it.
 */
export function planGiveBack(
  moves: readonly Move[],
  drawOrder: readonly bigint[],
  { group, outstanding, amount }: { group: string; outstanding: bigint; amount: bigint },
): GiveBack {
  const held = replay(moves, drawOrder);
  const forgotten = sum(held.filter((part) => part.group === group)) - outstanding;
  const { rest } = takeOut(held, forgotten, (part) => part.group === group && part.bearer === "written-off");
  const plan = giveBack(
    takeOut(rest, amount, (part) => part.group === group),
    drawOrder,
  );
  return { settles: plan.settles, lots: plan.lots };
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const sum = (parts: readonly { readonly amount: bigint }[]): bigint =>
  parts.reduce((total, { amount }) => total + amount, 0n);
const isOpen = (part: Part): boolean => part.bearer === "overdraft";

/** Who is without what after these moves. What gave back is played as it was planned then. */
function replay(moves: readonly Move[], drawOrder: readonly bigint[]): readonly Part[] {
  let parts: Part[] = [];
  for (const move of moves) {
    if (move.does === "take")
      parts.push({ group: move.group, bearer: move.lotId ?? "overdraft", amount: move.amount });
    else if (move.does === "settle") parts = settle(parts, move.amount, move.lotId ?? "written-off");
    else {
      const isGiven = ({ group, bearer }: Part) => group === move.group && bearer !== "written-off";
      parts = giveBack(takeOut(parts, move.amount, isGiven), drawOrder).parts;
    }
  }
  return parts;
}

type TakenOut = { readonly rest: readonly Part[]; readonly taken: readonly Part[] };

/** Takes an amount out of the parts that match, the last ones first. */
function takeOut(parts: readonly Part[], amount: bigint, matches: (part: Part) => boolean): TakenOut {
  const rest: Part[] = [];
  const taken: Part[] = [];
  let left = amount;
  for (const part of parts.toReversed()) {
    const out = matches(part) ? smaller(part.amount, left) : 0n;
    left -= out;
    if (out > 0n) taken.push({ ...part, amount: out });
    if (out < part.amount) rest.push({ ...part, amount: part.amount - out });
  }
  return { rest: rest.reverse(), taken };
}

/** Gives back what was taken out: it cancels its own open overdraft, then its lots settle what is still owed. */
function giveBack({ rest, taken }: TakenOut, drawOrder: readonly bigint[]): GiveBack & { parts: Part[] } {
  let parts = [...rest];
  let settles = sum(taken.filter(isOpen));
  const lots: { id: bigint; amount: bigint }[] = [];
  for (const id of drawOrder) {
    const share = sum(taken.filter((part) => part.bearer === id));
    if (share === 0n) continue;
    const pays = smaller(share, sum(parts.filter(isOpen)));
    parts = settle(parts, pays, id);
    settles += pays;
    if (share > pays) lots.push({ id, amount: share - pays });
  }
  return { settles, lots, parts };
}

/** Somebody settles open overdraft, the oldest first, and bears it from then on. */
function settle(parts: readonly Part[], amount: bigint, bearer: Bearer): Part[] {
  let left = amount;
  return parts.flatMap((part) => {
    const paid = isOpen(part) ? smaller(part.amount, left) : 0n;
    left -= paid;
    if (paid === 0n) return [part];
    const owed = { ...part, amount: part.amount - paid };
    return [{ ...part, bearer, amount: paid }, ...(owed.amount > 0n ? [owed] : [])];
  });
}
