import { recordChange } from "@/lib/audit/record-change";
import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { garageChanged } from "@/lib/garage/garage-changed";
import type { LineKey } from "@/lib/garage/line";
import { holdLine, setConnected } from "@/lib/garage/own-lines";
import { getLine, type LineDto, notTheirs } from "./list-lines";

/**
 * A line serves its garage no longer; it stays assigned to them, and the provider's settings stay as they are, so that connecting
 * it again is enough. Throws not_found where it is not theirs. Needs `settings.manage`.
 */
export async function disconnectLine(
  ctx: Ctx,
  { orgId, ...key }: LineKey & { readonly orgId: string },
): Promise<LineDto> {
  requireMember(ctx.actor, orgId, "settings.manage");
  await inTransaction(async (tx) => {
    const line = await holdLine(asSystem(ctx, "lines"), tx, key);
    if (line?.orgId !== orgId) throw notTheirs();
    if (line.connectedAt === null) return;
    await setConnected(asSystem(ctx, "lines"), tx, line, false);
    await recordChange(ctx, tx, {
      orgId,
      action: "line/disconnected",
      subject: `${line.channel} ${line.number ?? line.identity}`,
      before: { connected: true },
      after: { connected: false },
    });
  });
  garageChanged(orgId);
  return getLine(ctx, orgId, key);
}
