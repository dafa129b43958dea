import type { Ctx } from "@/lib/auth/context";
import { toE164 } from "@/lib/shared/phone-number";
import { within } from "@/lib/shared/within";
import type { CallRef } from "./call";
import { resolveCall } from "./resolve-call";
import { isTestCall } from "./test-call";

const BUDGET_MS = 3_000;
const NOBODY = { error: "Nobody is free to take the call. Take a message instead." };

/**
 * Where a call in full mode goes when its assistant asks: the garage's own telephone, unless that is the line which
 * was called (it would ring here again). A message-taker's call goes nowhere.
 */
export async function chooseDestination(ctx: Ctx, call: CallRef | undefined) {
  if (!call || isTestCall(call)) return NOBODY;
  const attempt = await within(BUDGET_MS, () => resolveCall(ctx, call));
  if (attempt.kind !== "done" || !attempt.value?.line) return NOBODY;
  const { line, stored } = attempt.value;
  const degraded = (stored?.mode ?? call.metadata?.mode) === "degraded" || call.metadata?.isFallback === true;
  const number = toE164(line.phone);
  if (degraded || number === undefined || call.called.includes(number)) return NOBODY;
  return { destination: { type: "number", number, message: "One moment, I am putting you through." } };
}
