import type { Ctx } from "@/lib/auth/context";
import { findInteraction } from "@/lib/credits/find-interaction";
import type { InteractionStart } from "@/lib/credits/interaction";
import { findLine } from "@/lib/garage/directory";
import type { PhoneLine } from "@/lib/garage/phone-line";
import { AppError } from "@/lib/shared/errors";
import type { CallRef } from "./call";
import { recentStart } from "./recent-starts";

/** Whose call it is; `line` is the line that was called, where it is that garage's. */
export type PlacedCall = { readonly orgId: string; readonly line: PhoneLine | undefined };

/** The same and how it started; `stored` is undefined where the start was never written. */
export type ResolvedCall = PlacedCall & { readonly stored: InteractionStart | undefined };

const LINE_BUDGET_MS = 1_500;

/**
 * The organisation of a call under way or over: the one under which its start is stored, else the one we know it by,
 * else the one whose line was called, else the one our assistant's metadata names. Nothing is asked where these are one.
 * Undefined for a call on an unknown line; throws unavailable where it cannot be told.
 */
export async function placeCall(
  ctx: Ctx,
  call: CallRef,
  knownOrgId?: string,
): Promise<PlacedCall | undefined> {
  const lookup = await findLine(call.called, LINE_BUDGET_MS);
  const line = lookup.kind === "found" ? lookup.line : undefined;
  const named = [knownOrgId, call.metadata?.orgId, line?.orgId].filter((orgId) => orgId !== undefined);
  const candidates = new Set(named);
  const orgId =
    (candidates.size > 1 ? await whereStored(ctx, call, candidates) : undefined) ??
    knownOrgId ??
    line?.orgId ??
    call.metadata?.orgId;
  if (orgId !== undefined) return { orgId, line: line?.orgId === orgId ? line : undefined };
  if (lookup.kind === "unavailable")
    throw new AppError("unavailable", "Phone lines cannot be looked up just now.");
  return undefined;
}

async function whereStored(
  ctx: Ctx,
  call: CallRef,
  candidates: ReadonlySet<string>,
): Promise<string | undefined> {
  for (const orgId of candidates)
    if (recentStart(orgId, call.id) ?? (await storedStart(ctx, orgId, call))) return orgId;
  return undefined;
}

/** The call with its stored start, as `placeCall` finds it. */
export async function resolveCall(ctx: Ctx, call: CallRef): Promise<ResolvedCall | undefined> {
  const placed = await placeCall(ctx, call);
  return placed && { ...placed, stored: await storedStart(ctx, placed.orgId, call) };
}

/** How a call of this organisation started; undefined where that was never stored. */
export const storedStart = (ctx: Ctx, orgId: string, call: CallRef): Promise<InteractionStart | undefined> =>
  findInteraction(ctx, { orgId, channel: "voice", providerRef: call.id });
