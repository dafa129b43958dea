import { actOnce } from "@/lib/audit/act-once";
import { asSystem, type Ctx, requireSupport } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { garageChanged } from "@/lib/garage/garage-changed";
import { assignLine as assign } from "@/lib/garage/own-lines";
import { AppError } from "@/lib/shared/errors";
import { type LineAct, nameOf } from "./line-act";

export type LineAssignment = LineAct & {
  readonly orgId: string;
  /** Vapi's id of the number, or the Messaging Service that it belongs to. */
  readonly providerId: string | null;
  /** WhatsApp: the number as people read it, E.164, and Meta's business account. */
  readonly number: string | null;
  readonly accountId: string | null;
};

/**
 * Assigns a line that nobody has to a garage, which can then connect it. Throws conflict where a garage has it already:
 * moving it is another act.
 */
export async function assignLine(
  ctx: Ctx,
  { key, reason, ...line }: LineAssignment,
): Promise<{ readonly kind: "assigned" | "replayed" }> {
  requireSupport(ctx.actor);
  const { orgId, channel, identity, providerId, number, accountId } = line;
  const input = { channel, identity, providerId, number, accountId };
  const { kind } = await inTransaction((tx) =>
    actOnce(ctx, tx, { orgId, key, reason, action: "line/assigned", input }, async () => {
      const outcome = await assign(asSystem(ctx, "support"), tx, line);
      if (outcome.kind === "taken") {
        const isTheirs = outcome.by?.orgId === orgId;
        const named = nameOf({ channel, identity: outcome.identity });
        throw new AppError(
          "conflict",
          isTheirs
            ? `This garage has the line ${named} already.`
            : `Another garage has the line ${named}: \`line move\` gives it to this one.`,
        );
      }
      return { before: null, after: { line: nameOf(line), connected: false } };
    }),
  );
  garageChanged(orgId);
  return { kind: kind === "replayed" ? kind : "assigned" };
}
