import type { Ctx } from "@/lib/auth/context";
import { findInteraction } from "@/lib/credits/find-interaction";
import type { InteractionStart } from "@/lib/credits/interaction";
import { findLine } from "@/lib/garage/directory";
import type { PhoneLine } from "@/lib/garage/phone-line";
import { AppError } from "@/lib/shared/errors";
import type { CallRef } from "./call";

/** Whose call it is and how it started; `stored` is undefined where the start was never written. */
export type ResolvedCall = {
  readonly orgId: string;
  readonly line: PhoneLine | undefined;
  readonly stored: InteractionStart | undefined;
};

const LINE_BUDGET_MS = 1_500;

/**
 * The organisation of a call under way or over: the one under which its start is stored, else the one we know it by,
 * else the one whose line was called, else the one our assistant's metadata names. Undefined for a call on an unknown
 * line; throws unavailable where it cannot be told.
 */
export async function resolveCall(
  ctx: Ctx,
  call: CallRef,
  knownOrgId?: string,
): Promise<ResolvedCall | undefined> {
  const lookup = await findLine(call.called, LINE_BUDGET_MS);
  const line = lookup.kind === "found" ? lookup.line : undefined;
  const candidates = new Set(
    [knownOrgId, call.metadata?.orgId, line?.orgId].filter((orgId) => orgId !== undefined),
  );
  for (const orgId of candidates) {
    const stored = await findInteraction(ctx, { orgId, channel: "voice", providerRef: call.id });
    if (stored) return { orgId, stored, line: line?.orgId === orgId ? line : undefined };
  }
  const orgId = knownOrgId ?? line?.orgId ?? call.metadata?.orgId;
  if (orgId !== undefined)
    return { orgId, stored: undefined, line: line?.orgId === orgId ? line : undefined };
  if (lookup.kind === "unavailable")
    throw new AppError("unavailable", "Phone lines cannot be looked up just now.");
  return undefined;
}
