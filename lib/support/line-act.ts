import { asSystem, type Ctx } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import type { LineKey, OwnedLine } from "@/lib/garage/line";
import { holdLine } from "@/lib/garage/own-lines";
import { conversationsOnLine } from "@/lib/inbox/count-on-line";
import { AppError } from "@/lib/shared/errors";

/** What every act of support on a line names. */
export type LineAct = LineKey & {
  /** Each key acts once only: the same key for something else is a conflict. */
  readonly key: string;
  readonly reason: string;
};

/** What a garage that loses a line keeps: it stays readable, and nothing is sent from the line any more. */
export type LeftBehind = { readonly conversations: number; readonly openWindows: number };

export const nameOf = ({ channel, identity }: LineKey): string => `${channel} ${identity}`;

/** The line that support names, held until `tx` ends. Throws not_found. */
export async function theLine(ctx: Ctx, tx: Queryable, act: LineAct): Promise<OwnedLine> {
  const line = await holdLine(asSystem(ctx, "support"), tx, act);
  if (!line) throw new AppError("not_found", `Nobody has the line ${nameOf(act)}.`);
  return line;
}

export const leftBehind = async (
  ctx: Ctx,
  { orgId, channel, identity }: OwnedLine,
): Promise<LeftBehind | undefined> =>
  channel === "voice" ? undefined : conversationsOnLine(asSystem(ctx, "support"), orgId, channel, identity);
