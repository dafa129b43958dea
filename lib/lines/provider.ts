import type { LineChannel, OwnedLine } from "@/lib/garage/line";
import type { SendOutcome } from "@/lib/inbox/core/message";
import type { TemplateSend } from "@/lib/inbox/core/template";
import type { LineAnswer } from "./core/reading";

/** What a channel does for a line. Neither throws; both answer within a few seconds. */
export type LineProvider = {
  /** How the line stands at the provider now. */
  readonly read: (line: OwnedLine) => Promise<LineAnswer>;
  /** Has the provider send what comes to the line to us, as far as its API allows, and says how the line stands then. */
  readonly pointHere: (line: OwnedLine) => Promise<LineAnswer>;
};

export type LineProviders = Readonly<Record<LineChannel, LineProvider>>;

export type TestMessage = {
  readonly id: string;
  readonly orgId: string;
  readonly identity: string;
  /** E.164 */
  readonly to: string;
  readonly body: string;
  readonly template: TemplateSend | undefined;
};

/** Sends a message that is in no conversation. */
export type TestSenders = Readonly<
  Record<"whatsapp" | "sms", (message: TestMessage) => Promise<SendOutcome>>
>;
