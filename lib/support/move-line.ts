import { actOnce } from "@/lib/audit/act-once";
import { asSystem, type Ctx, requireSupport } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { garageChanged } from "@/lib/garage/garage-changed";
import { giveLine } from "@/lib/garage/own-lines";
import { AppError } from "@/lib/shared/errors";
import { type LeftBehind, type LineAct, leftBehind, nameOf, theLine } from "./line-act";

export type LineMove =
  | { readonly kind: "moved"; readonly from: string; readonly left: LeftBehind | undefined }
  | { readonly kind: "replayed" };

/**
 * Gives a line to another garage, which has to connect it. The first garage's use ends with the commit: what comes to
 * the line is no longer theirs, and nothing of theirs leaves from it. Both garages' audits say so.
 */
export async function moveLine(ctx: Ctx, act: LineAct & { readonly to: string }): Promise<LineMove> {
  requireSupport(ctx.actor);
  const { key, reason, to } = act;
  const input = { channel: act.channel, identity: act.identity };
  let from: string | undefined;
  let left: LeftBehind | undefined;
  await inTransaction((tx) =>
    actOnce(ctx, tx, { orgId: to, key, reason, action: "line/assigned", input }, async () => {
      const line = await theLine(ctx, tx, act);
      if (line.orgId === to) throw new AppError("conflict", "This garage has the line already.");
      from = line.orgId;
      const gone = { orgId: from, key: `${key} to ${to}`, reason, action: "line/taken", input };
      await actOnce(ctx, tx, gone, async () => {
        await giveLine(asSystem(ctx, "support"), tx, line, to);
        left = await leftBehind(ctx, line);
        return {
          before: { line: nameOf(line), number: line.number, connected: line.connectedAt !== null },
          after: null,
        };
      });
      return { before: null, after: { line: nameOf(line), number: line.number, connected: false } };
    }),
  );
  if (from === undefined) return { kind: "replayed" };
  for (const orgId of [from, to]) garageChanged(orgId);
  return { kind: "moved", from, left };
}
