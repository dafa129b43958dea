import type { GarageHours } from "@/lib/garage/garage-hours";

/** What a tool tells the assistant, in words it can pass on. An error is not a failure of ours: it says what to do next. */
export type ToolResult = { readonly kind: "result" | "error"; readonly text: string };

export const told = (text: string): ToolResult => ({ kind: "result", text });
export const refused = (text: string): ToolResult => ({ kind: "error", text });

/** The same whether the record does not exist or is somebody else's. */
export const NO_MATCH = refused(
  "No record was found for this caller. Ask for the vehicle's registration and the customer's surname, or offer a call back.",
);

/** Who asks, and for which garage. */
export type ToolCaller = {
  readonly orgId: string;
  readonly callId: string;
  readonly callerNumber: string | undefined;
  readonly hours: GarageHours;
  /** What the garage lets its assistant do. */
  readonly mayBook: boolean;
  readonly mayLookUp: boolean;
};
