import { type Ctx, requireMember } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { enqueue } from "@/lib/queue/enqueue";
import { AppError } from "@/lib/shared/errors";
import { findMedia, waitAgain } from "./store/media";

/**
 * Queues the fetching of a file that has failed, or is still waited for. Needs `messages.view`. Throws conflict where asking
 * again would bring nothing.
 */
export async function fetchMediaAgain(ctx: Ctx, orgId: string, id: string): Promise<void> {
  requireMember(ctx.actor, orgId, "messages.view");
  const media = await findMedia(orgId, id);
  const { messageId } = media ?? {};
  if (!media?.fromProvider || !messageId) throw new AppError("not_found", "There is no such file.");
  const waits = await inTransaction(async (tx) => {
    const waits = await waitAgain(tx, orgId, id);
    if (waits) await enqueue(tx, "fetch-media", { orgId, messageId });
    return waits;
  });
  if (!waits) throw new AppError("conflict", "This file cannot be fetched again.");
}
