import { type Ctx, requireMember } from "@/lib/auth/context";
import { keepDismissal } from "./store/first-run";

/** The first steps are shown to nobody of the garage any more. Needs `settings.manage`. */
export async function dismissFirstRun(ctx: Ctx, orgId: string): Promise<void> {
  const { userId } = requireMember(ctx.actor, orgId, "settings.manage");
  await keepDismissal(orgId, userId, ctx.now());
}
