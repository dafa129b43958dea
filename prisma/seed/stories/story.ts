import type { Role } from "@/lib/auth/permissions";
import type { AttentionReason } from "@/lib/inbox/core/attention";
import type { Json, MessageType } from "@/lib/inbox/core/message";

/** Who wrote a line: `phone` is the garage on its own telephone. */
type Writer = "ai" | "canned" | "staff" | "phone";

type Line = {
  /** Minutes before the moment of seeding. */
  readonly ago: number;
  readonly text: string;
  readonly type?: MessageType;
  readonly parts?: { readonly [key: string]: Json };
  /** Edited or withdrawn a minute later. */
  readonly later?: "edited" | "revoked";
};

export type CustomerLine = Line & {
  readonly by: "customer";
  /** Those that the AI dealt with, or would have, are metered. */
  readonly as: "answered" | "handed-off" | "degraded" | "team" | "shown";
  readonly intent?: string;
  /** When the provider brought it, if that was long after. */
  readonly arrivedAgo?: number;
};

export type OurLine = Line & {
  readonly by: Writer;
  readonly role?: Role;
  /** Why it was not delivered. */
  readonly failed?: { readonly code: number; readonly text: string };
  readonly status?: "delivered" | "read";
};

export type StoryLine = CustomerLine | OurLine;

export type StoryEvent = {
  readonly ago: number;
  readonly kind:
    | "note"
    | "assigned"
    | "done"
    | "reopened"
    | "snoozed"
    | "snooze_over"
    | "taken_over"
    | "handed_back";
  /** Null for the system. */
  readonly by: Role | null;
  readonly body?: string;
  readonly to?: Role;
  /** `snoozed`: at eight in the morning so many days after this one; else minutes before the moment at which it was over. */
  readonly untilDay?: number;
  readonly untilAgo?: number;
};

/** A customer on record with a vehicle, so that there is something to see beside the conversation. */
export type StoryRecord = {
  readonly registration: string;
  readonly description: string;
  readonly motInDays: number;
  readonly job?: { readonly title: string; readonly status: "in_progress" | "waiting_parts" | "ready" };
  readonly booking?: { readonly service: string; readonly day: number; readonly hour: number };
};

/** One conversation of the inbox, told relative to the moment of seeding. */
export type Story = {
  readonly key: string;
  readonly channel: "whatsapp" | "sms";
  /** As WhatsApp's profile has it; an SMS brings none. */
  readonly name: string | null;
  readonly record?: StoryRecord & { readonly name: string };
  /** Oldest first. */
  readonly lines: readonly StoryLine[];
  readonly events?: readonly StoryEvent[];
  /** `degraded`: the reason that the garage's degraded mode has. */
  readonly attention?: AttentionReason | "degraded";
  readonly summary?: string;
  readonly holder?: Role;
  readonly assignee?: Role;
  readonly optedOutAgo?: number;
  /** Who has read all of it. */
  readonly readBy?: readonly Role[];
};

/** Stands for the garage's canned words. */
export const CANNED = "";

export const MINUTE_MS = 60_000;
export const HOUR = 60;
export const DAY = 1_440;
export const EVERYBODY: readonly Role[] = ["owner", "manager", "advisor"];

export const timeOf = (moment: Date, ago: number): Date => new Date(moment.getTime() - ago * MINUTE_MS);

export const isMetered = (line: StoryLine): line is CustomerLine =>
  line.by === "customer" && line.as !== "team" && line.as !== "shown";
