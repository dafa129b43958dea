import { asSystem, type Ctx, requireSupport } from "@/lib/auth/context";
import type { OwnedLine } from "@/lib/garage/line";
import { everyLine, linesOf } from "@/lib/garage/own-lines";

/** The lines of one organisation, or of all. */
export async function listLines(ctx: Ctx, orgId: string | undefined): Promise<OwnedLine[]> {
  requireSupport(ctx.actor);
  const system = asSystem(ctx, "support");
  return orgId === undefined ? everyLine(system) : linesOf(system, orgId);
}
