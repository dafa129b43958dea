import type { Ctx } from "../context";
import { listInvitations } from "../store/invitations";

/** Whether an invitation to the garage is out: sent, and neither accepted, withdrawn nor run out. */
export async function isInviting(ctx: Ctx, orgId: string): Promise<boolean> {
  return (await listInvitations(orgId)).some(({ expiresAt }) => expiresAt > ctx.now());
}
