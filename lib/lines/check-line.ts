import { type Ctx, requireMember } from "@/lib/auth/context";
import type { LineKey } from "@/lib/garage/line";
import { askLine } from "./ask-line";
import { getLine, type LineDto, ownLine } from "./list-lines";
import type { LineProviders } from "./provider";

/** An answer counts for a minute; somebody who asks again gets a new one after a few seconds. */
const FRESH_MS = 60_000;
const REST_MS = 3_000;

/**
 * Asks a line's provider how it stands, unless it was asked within the last minute (with `again`, three seconds), and returns
 * the line. A provider that does not answer is said in the line: it is no error. Needs `settings.manage`.
 */
export async function checkLine(
  ctx: Ctx,
  providers: LineProviders,
  { orgId, again, ...key }: LineKey & { readonly orgId: string; readonly again: boolean },
): Promise<LineDto> {
  requireMember(ctx.actor, orgId, "settings.manage");
  const line = await ownLine(ctx, orgId, key);
  await askLine(ctx, providers, line, again ? REST_MS : FRESH_MS);
  return getLine(ctx, orgId, line);
}
