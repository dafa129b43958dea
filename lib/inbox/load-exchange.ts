import { type Ctx, requireSystem } from "@/lib/auth/context";
import { type Exchange, readExchange } from "./store/exchange";

/** What is needed to answer one inbound message; undefined where it is no longer to be answered by the AI. */
export async function loadExchange(
  ctx: Ctx,
  orgId: string,
  messageId: string,
): Promise<Exchange | undefined> {
  requireSystem(ctx.actor);
  return readExchange(orgId, messageId);
}
