import { type Permission, ROLE_PERMISSIONS, type Role } from "@/lib/auth/permissions";
import { processWide } from "@/lib/shared/process-wide";
import { type LiveEvent, subscribeLive } from "./live";

const HEARTBEAT_MS = 20_000;

/** What somebody must be allowed to see to be told that it changed. */
const NEEDS: Readonly<Record<LiveEvent["type"], Permission>> = {
  "notification/new-message": "messages.view",
  "conversation/changed": "messages.view",
  "calls/changed": "voice.calls.view",
  "credits/changed": "billing.credits.view",
};

const streams = processWide("event-streams", () => ({ stopped: false, open: new Set<() => void>() }));

/** Server-sent events of one organisation, as far as a role may see them, until the browser goes away. */
export function eventStream(orgId: string, role: Role, signal: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let end = (): void => undefined;
  return new ReadableStream({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const unsubscribe = subscribeLive(orgId, (event) => {
        if (!ROLE_PERMISSIONS[role].includes(NEEDS[event.type])) return;
        const { type, orgId: _orgId, ...data } = event;
        send(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
      });
      const heartbeat = setInterval(() => send("event: heartbeat\ndata: still here\n\n"), HEARTBEAT_MS);
      const close = () => {
        if (!streams.open.has(close)) return;
        end();
        controller.close();
      };
      end = () => {
        streams.open.delete(close);
        clearInterval(heartbeat);
        unsubscribe();
      };
      streams.open.add(close);
      signal.addEventListener("abort", close, { once: true });
      send("retry: 2000\n\n");
      if (streams.stopped) close();
    },
    cancel: () => end(),
  });
}

/** Ends every stream of this process, and each later one at once: browsers come back to another process. */
export function closeEventStreams(): void {
  streams.stopped = true;
  for (const close of streams.open) close();
}
