import type { Ctx } from "@/lib/auth/context";

/** What a member set off and the system carries out: credits are posted by the system, never by a member. */
export const staffContext = (ctx: Ctx, name: string): Ctx => ({ ...ctx, actor: { kind: "system", name } });
