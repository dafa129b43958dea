import { type Ctx, requireSystem } from "@/lib/auth/context";
import { SHOWN_DAYS } from "./list-mail-concerns";
import { deletePersonalMails } from "./store/personal-mails";

const DAY_MS = 86_400_000;

/** Forgets letters to one person, whose addresses may be no customer's, once support is not told of them any more. */
export async function forgetOldLetters(ctx: Ctx): Promise<void> {
  requireSystem(ctx.actor);
  const letters = await deletePersonalMails(new Date(ctx.now().getTime() - SHOWN_DAYS * DAY_MS));
  if (letters > 0) ctx.log.info({ letters }, "old letters were forgotten");
}
