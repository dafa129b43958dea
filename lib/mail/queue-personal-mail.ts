import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { enqueue } from "@/lib/queue/enqueue";
import { PERSONAL_LETTERS, type PersonalLetterData, type PersonalLetterName } from "./personal-letters";
import { insertPersonalMail } from "./store/personal-mails";

export type PersonalMailInput<Name extends PersonalLetterName> = {
  /** An address as it is now, or a user, whose address is looked up when the letter is sent. */
  readonly to: { readonly address: string } | { readonly userId: string };
  readonly letter: Name;
  /** What made it, such as `link:<id>`: each recipient gets this letter once per cause. */
  readonly cause: string;
  readonly data: PersonalLetterData<Name>;
};

/**
 * Queues a letter to one person, whether they belong to a garage or not, within the transaction of its cause: it is sent if
 * that commits. Throws where the data is not the letter's.
 */
export async function queuePersonalMail<Name extends PersonalLetterName>(
  ctx: Ctx,
  tx: Queryable,
  { to, letter, cause, data }: PersonalMailInput<Name>,
): Promise<void> {
  requireSystem(ctx.actor);
  const id = ctx.newId();
  const recipient = "address" in to ? { address: to.address, userId: null } : { ...to, address: null };
  const stored = PERSONAL_LETTERS[letter].data.parse(data);
  const mail = { id, letter, cause, ...recipient, data: stored, queuedAt: ctx.now() };
  if (await insertPersonalMail(tx, mail)) await enqueue(tx, "send-personal-mail", { mailId: id });
}
