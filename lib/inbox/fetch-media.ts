import { type Ctx, requireSystem } from "@/lib/auth/context";
import { fileKey } from "@/lib/files/key";
import { safeFileName } from "@/lib/files/safe-file-name";
import { writeFile } from "@/lib/files/write-file";
import { publishLive } from "@/lib/notify/live";
import { env } from "@/lib/shared/env";
import { afterAttempt, goneAt, mostBytes, shownAs } from "./core/media";
import { mediaPartsOf } from "./core/media-parts";
import type { MessageChannel } from "./core/message";
import { describeFile } from "./describe-file";
import {
  expectMedia,
  findMediaMessage,
  listWaiting,
  type MediaMessage,
  markLost,
  markStored,
  noteProblem,
  type WaitingMedia,
} from "./store/media";

/** A file that a provider has for us. */
export type AskedMedia = {
  /** Meta's media id, or the address at Twilio. */
  readonly ref: string;
  readonly identity: string;
  readonly maxBytes: number;
};

/** What a provider makes of the question for a file. */
export type MediaAnswer =
  | {
      readonly kind: "found";
      /** Read once, or cancelled by ending the loop over it. */
      readonly body: AsyncIterable<Uint8Array>;
      /** As the provider says; in hexadecimal. */
      readonly sha256?: string;
      readonly bytes?: number;
    }
  /** It had it, and has thrown it away. */
  | { readonly kind: "gone" }
  | { readonly kind: "too-large" }
  /** It names an address that is not its own: nothing is fetched from there. */
  | { readonly kind: "address" }
  /** Slow, down, or refusing for now. */
  | { readonly kind: "unreachable" };

export type MediaProviders = Readonly<Record<MessageChannel, (asked: AskedMedia) => Promise<MediaAnswer>>>;

/** Asks for the job to be run again, then. */
export type FetchAgain = { readonly at: Date };

/**
 * Fetches the files of one message, as soon as it is stored: from the provider into the folder, as a stream, checked on the
 * way. Returns when to try again what did not come. What was stored by an earlier run is left alone. For the system only.
 */
export async function fetchMedia(
  ctx: Ctx,
  providers: MediaProviders,
  job: { readonly orgId: string; readonly messageId: string; readonly attempt: number },
): Promise<FetchAgain | undefined> {
  requireSystem(ctx.actor);
  const { orgId, messageId, attempt } = job;
  const message = await findMediaMessage(orgId, messageId);
  if (!message) return undefined;
  const parts = mediaPartsOf(message).map((part) => ({
    ...part,
    fileName: (part.fileName && safeFileName(part.fileName)) ?? null,
    id: ctx.newId(),
  }));
  await expectMedia(orgId, messageId, message, parts);
  const again: Date[] = [];
  for (const media of await listWaiting(orgId, messageId)) {
    const outcome = await fetchOne(ctx, providers, { orgId, message, media });
    const at = await record(ctx, { orgId, message, media, attempt }, outcome);
    if (at) again.push(at);
    publishLive({ type: "conversation/changed", orgId, conversationId: message.conversationId });
  }
  return again[0] && { at: again[0] };
}

type Fetching = { readonly orgId: string; readonly message: MediaMessage; readonly media: WaitingMedia };

type Outcome = "stored" | "expired" | "too-large" | "address" | "damaged" | "unreachable";

async function fetchOne(ctx: Ctx, providers: MediaProviders, fetching: Fetching): Promise<Outcome> {
  const { orgId, message, media } = fetching;
  if (ctx.now() >= goneAt(message.receivedAt)) return "expired";
  const maxBytes = mostBytes(media.kind, env().MEDIA_MAX_MIB);
  const answer = await providers[message.channel]({ ref: media.ref, identity: message.identity, maxBytes });
  if (answer.kind === "gone") return "expired";
  if (answer.kind !== "found") return answer.kind;
  const { body, bytes, sha256 } = answer;
  const expected = { ...(bytes !== undefined && { bytes }), ...(sha256 !== undefined && { sha256 }) };
  const source = fromProvider(body);
  try {
    const written = await writeFile(fileKey(orgId, media.fileId), source.chunks, { maxBytes, expected });
    if (written.kind !== "written") return written.kind;
    const type = await describeFile(written.head, written.bytes);
    const kind = shownAs(media.kind, type.mime);
    const { bytes, sha256 } = written;
    await markStored(orgId, media.id, { ...type, kind, bytes, sha256 }, ctx.now());
    return "stored";
  } catch (error) {
    // The provider broke off; trouble with our own folder is a failed job.
    if (source.hasFailed()) return "unreachable";
    throw error;
  }
}

/** The bytes, and whether it was their sender who broke off. */
function fromProvider(body: AsyncIterable<Uint8Array>) {
  let failed = false;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch (error) {
      failed = true;
      throw error;
    }
  }
  return { chunks: chunks(), hasFailed: () => failed };
}

async function record(
  ctx: Ctx,
  { orgId, message, media, attempt }: Fetching & { readonly attempt: number },
  outcome: Outcome,
): Promise<Date | undefined> {
  const now = ctx.now();
  switch (outcome) {
    case "stored":
      return undefined;
    case "expired":
      await markLost(orgId, media.id, { state: "expired", problem: null, at: now });
      return undefined;
    case "too-large":
    case "address":
      ctx.log.warn({ orgId, mediaId: media.id, problem: outcome }, "a file of a message is refused");
      await markLost(orgId, media.id, { state: "failed", problem: outcome, at: now });
      return undefined;
    case "damaged":
    case "unreachable": {
      const next = afterAttempt(attempt, outcome, { receivedAt: message.receivedAt, now });
      if (next.kind === "again") {
        await noteProblem(orgId, media.id, outcome);
        return next.at;
      }
      await markLost(orgId, media.id, { state: next.kind, problem: outcome, at: now });
      return undefined;
    }
  }
}
