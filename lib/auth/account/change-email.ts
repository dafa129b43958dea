import { count, type Limit } from "@/lib/db/limiter";
import { inTransaction } from "@/lib/db/transaction";
import { AppError, tooOften } from "@/lib/shared/errors";
import { checkEmail } from "../account-checks";
import { beginEmailChange } from "../begin-email-change";
import { countLetterTo } from "../letter-limit";
import { withdrawLinks } from "../links";
import { requireOwnPassword } from "../own-password";
import type { MemberCtx } from "../session";
import { selectEmailChange } from "../store/email-changes";

/** Changes that one person asks for, to whichever addresses: each is a letter to a stranger, perhaps. */
const CHANGES: readonly Limit[] = [
  { name: "email-changes-hour", times: 5, seconds: 3_600 },
  { name: "email-changes-day", times: 10, seconds: 86_400 },
];

/**
 * Asks for another address: both get a link, and it changes once both are followed. Whether the new one has an account is told
 * by its mail alone. Throws invalid_input at `email` or `current`, rate_limited after a few letters to one address or of one person.
 */
export async function changeEmail(
  ctx: MemberCtx,
  { email: typed, current }: { readonly email: string; readonly current: string },
): Promise<void> {
  const email = typed.trim();
  const problem = checkEmail(email);
  if (problem) throw new AppError("invalid_input", problem, { field: "email" });
  await requireOwnPassword(ctx.actor.userId, current);
  await ask(ctx, email);
}

/** Sends new links for the change that waits; the earlier ones work no longer. Throws conflict where none does any more. */
export async function resendEmailChange(ctx: MemberCtx): Promise<void> {
  const waiting = await selectEmailChange(ctx.actor.userId, ctx.now());
  if (!waiting) throw new AppError("conflict", "No change of address waits any more. Reload this page.");
  await ask(ctx, waiting.newEmail);
}

/** Ends the change that waits: its links work no longer, and the address stays. */
export async function cancelEmailChange(ctx: MemberCtx): Promise<void> {
  const { userId } = ctx.actor;
  await inTransaction((tx) => withdrawLinks(ctx, tx, { kind: "email-change", userId }));
}

async function ask(ctx: MemberCtx, newEmail: string): Promise<void> {
  for (const limit of CHANGES) {
    const seconds = await count(limit, ctx.actor.userId);
    if (seconds > 0) throw tooOften(seconds);
  }
  await countLetterTo(newEmail);
  await inTransaction((tx) => beginEmailChange(ctx, tx, { userId: ctx.actor.userId, newEmail }));
}
