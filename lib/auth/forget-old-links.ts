import { type Ctx, requireSystem } from "./context";
import { KEPT_DAYS } from "./link-kinds";
import { deleteLinks } from "./store/links";

const DAY_MS = 24 * 3_600_000;

/** Forgets links a week after they have run out, with what was kept for their use, such as a password's hash. */
export async function forgetOldLinks(ctx: Ctx): Promise<void> {
  requireSystem(ctx.actor);
  const links = await deleteLinks(new Date(ctx.now().getTime() - KEPT_DAYS * DAY_MS));
  if (links > 0) ctx.log.info({ links }, "old links were forgotten");
}
