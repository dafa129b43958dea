import type { Member } from "@/lib/auth/context";
import { type Permission, ROLE_PERMISSIONS, type Role } from "@/lib/auth/permissions";
import { AppError, isAppError } from "@/lib/shared/errors";
import { logger } from "@/lib/shared/logger";
import { processWide } from "@/lib/shared/process-wide";
import { type LiveEvent, missedSince, subscribeAccess, subscribeLive } from "./live";

const HEARTBEAT_MS = 20_000;
/** Several devices, and tabs of browsers that cannot share a stream. What a member has beyond reads without events. */
const STREAMS_PER_MEMBER = 20;
const TRY_AGAIN_SECONDS = 60;

/** The permission without which an event is not sent to somebody; null: everybody of the organisation gets it. */
const NEEDS: Readonly<Record<LiveEvent["type"], Permission | null>> = {
  "notification/new-message": "messages.view",
  "conversation/changed": "messages.view",
  "conversation/typing": "messages.view",
  "templates/changed": "messages.send",
  "calls/changed": "voice.calls.view",
  "credits/changed": "billing.credits.view",
  /** Whether the AI answers, which everybody at the desk sees; nothing of why, nor of credits. */
  "answering/changed": "messages.view",
  "diagnostics/changed": "diagnostics.use",
  "subscription/changed": null,
  "garage/changed": null,
  "team/changed": null,
  "clock/moved": null,
};

type Stream = {
  readonly userId: string;
  readonly orgId: string;
  readonly hears: (type: LiveEvent["type"]) => boolean;
  readonly close: () => void;
};

const streams = processWide("event-streams", () => ({ stopped: false, open: new Set<Stream>() }));

export type EventStreamOptions = {
  /** The browser has gone away. */
  readonly signal: AbortSignal;
  /** The member's role as it is now, asked at each heartbeat and when their access has changed. Throws where they may no longer listen. */
  readonly roleNow: () => Promise<Role>;
  /** When the page was rendered, in milliseconds of the machine's time: what happened since is told first. */
  readonly since?: number;
  readonly heartbeatMs?: number;
};

/**
 * Server-sent events of a member's organisation, as far as their present role may see them, until the browser goes away or they
 * may no longer listen. Throws rate_limited beyond 20 at once in this process.
 */
export function eventStream(
  { orgId, userId, role }: Member,
  { signal, roleNow, since = 0, heartbeatMs = HEARTBEAT_MS }: EventStreamOptions,
): ReadableStream<Uint8Array> {
  const { open } = streams();
  if ([...open].filter((stream) => stream.userId === userId).length >= STREAMS_PER_MEMBER)
    throw new AppError("rate_limited", "Too many pages are listening at once.", {
      retryAfterSeconds: TRY_AGAIN_SECONDS,
    });
  const encoder = new TextEncoder();
  let present = role;
  let end = (): void => undefined;
  return new ReadableStream({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const tell = (event: LiveEvent) => {
        if (!stream.hears(event.type)) return;
        const { type, orgId: _orgId, ...data } = event;
        send(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
      };
      const leaveGarage = subscribeLive(orgId, tell);
      const tellOfAccess = () => {
        if (open.has(stream)) send("event: access/changed\ndata: {}\n\n");
      };
      const lookAgain = (hasChanged: boolean) =>
        roleNow().then(
          (now) => {
            if (hasChanged || now !== present) tellOfAccess();
            present = now;
          },
          (error: unknown) => {
            if (hasChanged || isRefusal(error)) tellOfAccess();
            if (isRefusal(error)) stream.close();
            else logger().warn({ err: error }, "a listener's rights could not be looked up");
          },
        );
      const leaveAccess = subscribeAccess(userId, () => void lookAgain(true));
      const stream: Stream = {
        userId,
        orgId,
        hears: (type) => {
          const needed = NEEDS[type];
          return needed === null || ROLE_PERMISSIONS[present].includes(needed);
        },
        close: () => {
          if (!open.has(stream)) return;
          end();
          controller.close();
        },
      };
      const heartbeat = setInterval(() => {
        send("event: heartbeat\ndata: still here\n\n");
        void lookAgain(false);
      }, heartbeatMs);
      end = () => {
        open.delete(stream);
        clearInterval(heartbeat);
        leaveGarage();
        leaveAccess();
      };
      open.add(stream);
      signal.addEventListener("abort", stream.close, { once: true });
      send("retry: 2000\n\n");
      const missed = missedSince({ orgId, userId }, since);
      send(`event: connected\ndata: ${JSON.stringify({ complete: missed !== null })}\n\n`);
      for (const event of missed ?? []) {
        if (event.type === "access/changed") tellOfAccess();
        else tell(event);
      }
      if (streams().stopped) stream.close();
    },
    cancel: () => end(),
  });
}

/** A failure of ours says nothing about a member's rights: the next heartbeat asks again. */
const isRefusal = (error: unknown): boolean => isAppError(error) && error.status < 500;

/** Whether a page of this organisation is open in this process that such an event is for. */
export const isHeard = (type: LiveEvent["type"], orgId: string): boolean =>
  [...streams().open].some((stream) => stream.orgId === orgId && stream.hears(type));

/** Ends every stream of this process, and each later one at once: browsers come back to another process. */
export function closeEventStreams(): void {
  const all = streams();
  all.stopped = true;
  for (const { close } of all.open) close();
}
