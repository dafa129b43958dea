import type { ServerResponse } from "node:http";
import { bytes, json, type SandboxRequest } from "../core/http";
import type { Route } from "../core/router";
import { viewOf } from "../vapi/call";
import type { Parts } from "./parts";
import { ControlError, route } from "./respond";

/** What one customer sees with one garage: both threads, the newest call, and where the window stands. */
function customerView({ sandbox, meta, twilio, vapi }: Parts, { url }: SandboxRequest) {
  const line = sandbox.lines.find(url.searchParams.get("line") ?? "");
  const customer = url.searchParams.get("customer") ?? "";
  if (!line) throw new ControlError(404, "No such garage.");
  const { messages, typingUntil } = sandbox.threads.of(line.slug, customer);
  const call = [...vapi.calls.values()]
    .filter((one) => one.line.slug === line.slug && one.customer === customer)
    .at(-1);
  return {
    line: line.slug,
    customer,
    messages,
    typingUntil,
    windowClosesAt: meta.windows.closesAt(line.whatsAppNumberId, customer.replace(/\D/g, "")),
    optedOut: twilio.optOuts.has(line.phone, customer),
    call: call ? viewOf(call) : null,
  };
}

/** What the page shows, and mail. */
export function viewRoutes(parts: Parts): Route[] {
  const { sandbox, inbox } = parts;
  return [
    route("GET", "/threads", () => ({ threads: sandbox.threads.list() })),
    route("GET", "/customer", (request) => customerView(parts, request)),
    route("GET", "/mail", ({ url }) => {
      const to = url.searchParams.get("to");
      const mails = inbox.list().filter((mail) => to === null || mail.to.includes(to));
      return { count: mails.length, mails };
    }),
    route("DELETE", "/mail", () => inbox.clear()),
    {
      method: "GET",
      path: "/control/media/:id",
      type: "control",
      handle: ({ params }) => {
        const media = sandbox.media.get(params.id ?? "");
        const isPicture = media && /^image\/(png|jpeg|webp|gif)$/.test(media.mime);
        return isPicture ? bytes(media.content, media.mime) : json(404, { error: "No such picture." });
      },
    },
  ];
}

const KEEP_ALIVE_MS = 20_000;

/** Server-sent events: whatever happens, as it happens. */
export function streamEvents({ sandbox }: Parts, request: SandboxRequest, response: ServerResponse): boolean {
  if (request.method !== "GET" || request.path !== "/control/events") return false;
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache",
  });
  response.write("retry: 1000\n\n");
  const stopListening = sandbox.events.subscribe(({ type, data }) => {
    response.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  });
  const keepAlive = setInterval(() => response.write(": still here\n\n"), KEEP_ALIVE_MS);
  request.gone.addEventListener("abort", () => {
    clearInterval(keepAlive);
    stopListening();
  });
  return true;
}
