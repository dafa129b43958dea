import { type Ctx, requireSystem } from "@/lib/auth/context";
import { listOwners } from "@/lib/auth/owners";
import type { Queryable } from "@/lib/db/pool";
import { enqueueAll } from "@/lib/queue/enqueue";
import { LETTERS, type LetterData, type LetterName } from "./letters";
import { insertMails } from "./store/mails";

export type MailInput<Name extends LetterName> = {
  readonly orgId: string;
  readonly letter: Name;
  /** What made it, such as `dispute:pi_1`: each owner gets this letter once per cause. */
  readonly cause: string;
  readonly data: LetterData<Name>;
};

/**
 * Queues a letter to every owner of the organisation, within the transaction of its cause: it is sent if that commits. Where
 * it goes, and whether it may, is looked up when it is sent. Returns how many mails were new.
 * Throws where the data is not the letter's.
 */
export async function queueMail<Name extends LetterName>(
  ctx: Ctx,
  tx: Queryable,
  { orgId, letter, cause, data }: MailInput<Name>,
): Promise<number> {
  requireSystem(ctx.actor);
  const owners = await listOwners(ctx, tx, orgId);
  const recipients = owners.map((userId) => ({ id: ctx.newId(), userId }));
  const mail = { orgId, letter, cause, data: LETTERS[letter].data.parse(data), queuedAt: ctx.now() };
  const queued = await insertMails(tx, mail, recipients);
  await enqueueAll(
    tx,
    "send-mail",
    queued.map((mailId) => ({ orgId, mailId })),
  );
  return queued.length;
}
