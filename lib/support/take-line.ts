import { actOnce } from "@/lib/audit/act-once";
import { asSystem, type Ctx, requireSupport } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { garageChanged } from "@/lib/garage/garage-changed";
import { removeLine } from "@/lib/garage/own-lines";
import { AppError } from "@/lib/shared/errors";
import { type LeftBehind, type LineAct, leftBehind, nameOf, theLine } from "./line-act";

export type LineTaken =
  | { readonly kind: "taken"; readonly left: LeftBehind | undefined }
  | { readonly kind: "replayed" };

/** Takes a line from its garage: nobody has it then. Throws not_found where it is not theirs. */
export async function takeLine(ctx: Ctx, act: LineAct & { readonly orgId: string }): Promise<LineTaken> {
  requireSupport(ctx.actor);
  const { orgId, key, reason, channel, identity } = act;
  let left: LeftBehind | undefined;
  const { kind } = await inTransaction((tx) =>
    actOnce(ctx, tx, { orgId, key, reason, action: "line/taken", input: { channel, identity } }, async () => {
      const line = await theLine(ctx, tx, act);
      if (line.orgId !== orgId) throw new AppError("conflict", `Another garage has the line ${nameOf(act)}.`);
      await removeLine(asSystem(ctx, "support"), tx, line);
      left = await leftBehind(ctx, line);
      return {
        before: { line: nameOf(line), number: line.number, connected: line.connectedAt !== null },
        after: null,
      };
    }),
  );
  garageChanged(orgId);
  return kind === "replayed" ? { kind } : { kind: "taken", left };
}
