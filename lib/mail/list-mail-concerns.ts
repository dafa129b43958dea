import { type Ctx, requireSupport } from "@/lib/auth/context";
import { type FailedMail, failedSince } from "./store/mails";
import { type FailedPersonalMail, personalFailedSince } from "./store/personal-mails";

const DAY_MS = 86_400_000;
/** For so long support is told of a mail that could not be sent. */
export const SHOWN_DAYS = 30;

/** Mails of the last 30 days that could not be sent, latest first. */
export async function listMailConcerns(
  ctx: Ctx,
  limit: number,
): Promise<{ readonly toOwners: FailedMail[]; readonly toPersons: FailedPersonalMail[] }> {
  requireSupport(ctx.actor);
  const since = new Date(ctx.now().getTime() - SHOWN_DAYS * DAY_MS);
  const [toOwners, toPersons] = await Promise.all([
    failedSince(since, limit),
    personalFailedSince(since, limit),
  ]);
  return { toOwners, toPersons };
}
