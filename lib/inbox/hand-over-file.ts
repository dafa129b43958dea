import { type Ctx, requireSystem } from "@/lib/auth/context";
import { openFile } from "@/lib/files/folder";
import { fileKey } from "@/lib/files/key";
import type { SendOutcome } from "./core/message";
import { findOutboundFile, noteHandedOver } from "./store/uploads";

export type FileToHandOver = {
  /** Which of our numbers it will leave from. */
  readonly identity: string;
  readonly mime: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly body: AsyncIterable<Uint8Array>;
};

/** Gives a file to WhatsApp, which answers with an id of it. May be repeated: nothing is sent by it. */
export type HandOver = (
  file: FileToHandOver,
  attempt: number,
) => Promise<{ readonly kind: "taken"; readonly ref: string } | Exclude<SendOutcome, { kind: "sent" }>>;

const NOT_THERE = "The file is not there any more.";

/**
 * Gives WhatsApp the file of a queued message, before that is claimed: a process that dies here leaves the message queued,
 * and the file is handed over again. Undefined where nothing stands in the way of sending. For the system only.
 */
export async function handOverFile(
  ctx: Ctx,
  handOver: HandOver,
  { orgId, messageId, attempt }: { orgId: string; messageId: string; attempt: number },
): Promise<Exclude<SendOutcome, { kind: "sent" }> | undefined> {
  requireSystem(ctx.actor);
  const found = await findOutboundFile(orgId, messageId);
  if (!found) return { kind: "failed", reason: NOT_THERE, next: "tell-staff" };
  if (found.ref !== null || found.status !== "queued") return undefined;
  const { id, fileId, identity, mime, fileName } = found;
  const file = await openFile(fileKey(orgId, fileId));
  if (!file) return { kind: "failed", reason: NOT_THERE, next: "tell-staff" };
  const body = file.stream();
  try {
    const outcome = await handOver({ identity, mime, fileName, bytes: file.bytes, body }, attempt);
    if (outcome.kind !== "taken") return outcome;
    await noteHandedOver(orgId, id, outcome.ref);
    return undefined;
  } finally {
    body.destroy();
  }
}
