import { type Ctx, requireSupport } from "@/lib/auth/context";
import { type FailedMail, failedSince } from "./store/mails";

const DAY_MS = 86_400_000;
const SHOWN_DAYS = 30;

/** Mails of the last 30 days that could not be sent, latest first. */
export async function listMailConcerns(ctx: Ctx, limit: number): Promise<FailedMail[]> {
  requireSupport(ctx.actor);
  return failedSince(new Date(ctx.now().getTime() - SHOWN_DAYS * DAY_MS), limit);
}
