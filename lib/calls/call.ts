import type { DegradationReason } from "@/lib/credits/core/decide-gate";
import type { MicroUsd } from "@/lib/shared/money";

// The normal form of a call, whatever its provider says. Channels translate into it.

/** What our assistant's metadata said of the call when it started; it comes back with every later message. */
export type CallMetadata = {
  readonly orgId: string | undefined;
  readonly mode: "full" | "degraded" | undefined;
  readonly level: number | undefined;
  readonly reason: DegradationReason | undefined;
  readonly billable: boolean | undefined;
  readonly isFallback: boolean;
  readonly failOpen: boolean;
  /** Of a test call that we made ourselves: its id. */
  readonly testCallId: string | undefined;
};

/** Which call a message is about: ours by the called identities, the provider's by `id`. */
export type CallRef = {
  readonly id: string;
  readonly createdAt: Date | undefined;
  /** How the called line may be known to us, the number first. */
  readonly called: readonly string[];
  /** E.164; undefined where the caller withheld it or has none. */
  readonly callerNumber: string | undefined;
  readonly callerName: string | undefined;
  /** Made on the provider's own pages (no phone line), or marked as a test. */
  readonly test: boolean;
  /** We rang somebody; every other call came in. */
  readonly isOutgoing: boolean;
  readonly metadata: CallMetadata | undefined;
};

/** How a call stands; `status` is the provider's word. */
export type CallUpdate = {
  readonly status: string;
  readonly endedReason: string | undefined;
  readonly at: Date | undefined;
};

/** What the provider says a call cost. `problem` is for the log and the counter; the cost is 0 or what was left. */
export type CallCost = { readonly cost: MicroUsd; readonly problem?: "missing" | "refused" };

/** What was said, or what a tool answered (`tool` names it), in the order of the call. */
export type CallTurn = {
  readonly by: "ai" | "caller" | "tool";
  readonly text: string;
  readonly tool?: string;
  /** Whole seconds since the call began; null where that is not known. */
  readonly second: number | null;
};

/** A finished call. */
export type CallReport = {
  readonly startedAt: Date | undefined;
  readonly endedAt: Date | undefined;
  /** Whole seconds, 0 where nothing is known. */
  readonly durationSeconds: number;
  /** Somebody was spoken to; only then does the call count and cost. */
  readonly connected: boolean;
  readonly cost: CallCost;
  readonly endedReason: string | undefined;
  /** Lines that begin with `AI:` or `User:`. */
  readonly transcript: string | undefined;
  /** The same turn by turn; undefined where the provider did not tell it so. */
  readonly dialogue: readonly CallTurn[] | undefined;
  readonly summary: string | undefined;
  /** What the provider's analysis made of the call, in whichever places it was put. */
  readonly structured: readonly Record<string, unknown>[];
  /** Mean over the call's turns, milliseconds. */
  readonly turnLatencyMs: number | undefined;
};

/** One request of the assistant to a tool; `args` is undefined where they could not be read. */
export type ToolCall = {
  readonly id: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>> | undefined;
};

/** A call as the provider keeps it; `ended` is false while it runs. */
export type KeptCall = { readonly call: CallRef; readonly report: CallReport; readonly ended: boolean };

/** A call in the provider's list, unread: reading it throws invalid_input where it cannot be understood. */
export type ListedCall = { readonly id: string; readonly read: () => KeptCall };

/** The provider that is asked for calls whose report never came. Both throw unavailable where it does not answer. */
export type CallProvider = {
  /** Every call since then, newest first. */
  readonly callsSince: (since: Date) => Promise<ListedCall[]>;
  /** One call, or undefined where the provider does not know it. */
  readonly callById: (id: string) => Promise<KeptCall | undefined>;
};

/** A call that the provider is to make from one of our lines. */
export type OutgoingCall = {
  /** The provider's id of the line. */
  readonly lineId: string;
  /** E.164. */
  readonly number: string;
  readonly assistant: Readonly<Record<string, unknown>>;
};

/**
 * The provider that makes calls. Resolves with its id of the call; throws conflict where it refuses, and unavailable where it
 * does not answer: then the telephone may ring all the same.
 */
export type OutgoingCalls = { readonly call: (call: OutgoingCall) => Promise<string> };

/** The caller's number, unless it is the called garage's own: then the call was forwarded or forged. */
export const callerOn = (
  line: { readonly ownNumbers: ReadonlySet<string> } | undefined,
  { callerNumber }: CallRef,
): string | undefined =>
  callerNumber !== undefined && line?.ownNumbers.has(callerNumber) ? undefined : callerNumber;
