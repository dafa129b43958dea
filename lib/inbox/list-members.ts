import { type Ctx, requireMember } from "@/lib/auth/context";
import { listRepliers } from "./store/members";
import type { Person } from "./store/people";

/** Who of the garage may reply, and so be given conversations, by name. Needs `messages.view`. */
export async function listMembers(ctx: Ctx, orgId: string): Promise<Person[]> {
  requireMember(ctx.actor, orgId, "messages.view");
  return listRepliers(orgId);
}
