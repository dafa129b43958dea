import type { InteractionStart } from "@/lib/credits/interaction";
import { ownNumbersOf } from "@/lib/garage/own-numbers";
import type { PhoneLine } from "@/lib/garage/phone-line";
import { countryOf, toE164 } from "@/lib/shared/phone-number";
import { visibleName } from "@/lib/shared/visible-text";
import type { CallRef, CallReport } from "./call";
import { type CallBackDetails, readCallBack } from "./core/read-call-back";

/** A finished call, and how it started. */
export type EndedCall = {
  readonly orgId: string;
  /** The line that was called, where it is still this garage's. */
  readonly line: PhoneLine | undefined;
  readonly call: CallRef;
  readonly report: CallReport;
  readonly start: InteractionStart;
};

/**
 * Whom to ring back after a message-taker's call. Undefined for every other call, for one that only rang, and where the
 * caller withheld their number and said nothing.
 */
export async function callBackOf(ended: EndedCall): Promise<CallBackDetails | undefined> {
  const { orgId, line, call, report, start } = ended;
  if (!report.connected || (start.mode === "full" && !start.isFallback)) return undefined;
  const { callerNumber } = call;
  const countries = [countryOf(callerNumber), countryOf(toE164(call.called[0]))];
  const { structured, transcript, summary } = report;
  const ownNumbers = line?.ownNumbers ?? (await ownNumbersOf(orgId));
  return readCallBack(
    { structured, transcript, summary, callerNumber, ownNumbers },
    (text) => toE164(text, countries),
    visibleName,
  );
}
