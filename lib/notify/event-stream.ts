import { type Permission, ROLE_PERMISSIONS, type Role } from "@/lib/auth/permissions";
import { type LiveEvent, subscribeLive } from "./live";

const HEARTBEAT_MS = 20_000;

/** What somebody must be allowed to see to be told that it changed. */
const NEEDS: Readonly<Record<LiveEvent["type"], Permission>> = {
  "notification/new-message": "messages.view",
  "conversation/changed": "messages.view",
  "calls/changed": "voice.calls.view",
  "credits/changed": "billing.credits.view",
};

/** Server-sent events of one organisation, as far as a role may see them, until the browser goes away. */
export function eventStream(orgId: string, role: Role, signal: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let close = (): void => undefined;
  return new ReadableStream({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const unsubscribe = subscribeLive(orgId, (event) => {
        if (!ROLE_PERMISSIONS[role].includes(NEEDS[event.type])) return;
        const { type, orgId: _orgId, ...data } = event;
        send(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
      });
      const heartbeat = setInterval(() => send("event: heartbeat\ndata: still here\n\n"), HEARTBEAT_MS);
      close = () => {
        clearInterval(heartbeat);
        unsubscribe();
      };
      signal.addEventListener("abort", () => {
        close();
        controller.close();
      });
      send("retry: 2000\n\n");
    },
    cancel: () => close(),
  });
}
