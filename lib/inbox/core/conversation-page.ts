import type { DegradationReason } from "@/lib/credits/core/decide-gate";

/** Which conversations a list shows. Mine: assigned to or held by the member. Unassigned: neither assigned nor held. */
export const VIEWS = ["open", "mine", "unassigned", "attention", "done", "snoozed"] as const;
export type View = (typeof VIEWS)[number];

/** Why a message can begin degraded. */
export const REASONS = ["credit-exhaustion", "trial-cap"] as const satisfies readonly DegradationReason[];

/** Where a conversation stands in a list: those that want attention first, then the latest. */
export type Place = { readonly needsAttention: boolean; readonly sortedAt: Date; readonly id: string };

const CURSOR = /^([01])\.([0-9a-z]{1,9})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The place after which the next page begins, as a browser hands it back. */
export const toCursor = ({ needsAttention, sortedAt, id }: Place): string =>
  `${needsAttention ? 1 : 0}.${sortedAt.getTime().toString(36)}.${id}`;

/** Undefined for what no page gave out. */
export function fromCursor(cursor: string): Place | undefined {
  const [, attention, at, id] = CURSOR.exec(cursor) ?? [];
  if (attention === undefined || at === undefined || id === undefined) return undefined;
  return { needsAttention: attention === "1", sortedAt: new Date(Number.parseInt(at, 36)), id };
}
