import type { z } from "zod";
import type { callInput, hangUpInput, keptInput as keptCallsInput, playInput } from "./control/calls";
import type { keptInput as keptSmsInput, messageInput as smsInput } from "./control/sms";
import type { stepInput } from "./control/travel";
import type { mediaInput, messagesInput, TemplateInput, whatsAppCallInput } from "./control/whatsapp";
import type { BehaviourInput } from "./core/effects";
import type { Flushed, FlushOptions } from "./core/entries";
import type { healthInput, LineHealth } from "./core/line-health";
import type { Line } from "./core/lines";
import type { LogEntry, LogFilter } from "./core/request-log";
import type { Settings } from "./core/settings";
import type { Thread, ThreadMessage } from "./core/threads";
import type { Mail } from "./mail/inbox";
import type { Template } from "./meta/template";
import { stripeClient } from "./stripe/client";
import type { CallView } from "./vapi/call";

export interface CustomerView {
  messages: ThreadMessage[];
  typingUntil: string | null;
  windowClosesAt: string | null;
  optedOut: boolean;
  call: CallView | null;
}

type Messages = z.input<typeof messagesInput>;

/** The control API of a sandbox in this or another process, typed. Every call rejects with the API's own words. */
export function createClient(url: string) {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${url}/control${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T & { error?: string };
    if (!response.ok) throw new Error(`${method} /control${path}: ${answer.error}`);
    return answer;
  }
  const query = (filter: object): string =>
    new URLSearchParams(
      Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    ).toString();

  return {
    reset: () => call<unknown>("POST", "/reset"),
    settings: (change: Partial<Settings>) => call<Settings>("PATCH", "/settings", change),
    addLine: (line: Partial<Line> & { slug: string }) => call<Line>("POST", "/lines", line),
    /** How a line stands at its providers: quality red, gone, delivering elsewhere … */
    setHealth: (line: string, health: Omit<z.input<typeof healthInput>, "line">) =>
      call<LineHealth>("POST", "/lines/health", { line, ...health }),
    advance: (advanceSeconds: number) => call<{ now: string }>("POST", "/clock", { advanceSeconds }),
    /** Plays a day, or until just past the next renewal, of the garage or of any. */
    play: (step: z.input<typeof stepInput>["step"], line?: string) =>
      call<{ now: string }>("POST", "/clock", { step, ...(line === undefined ? {} : { line }) }),
    behave: (...behaviours: BehaviourInput[]) => call<unknown>("POST", "/behaviours", behaviours),
    clearBehaviours: () => call<unknown>("DELETE", "/behaviours"),
    flush: async (options: FlushOptions = {}): Promise<Flushed[]> =>
      (await call<{ delivered: Flushed[] }>("POST", "/flush", options)).delivered,
    pending: async (): Promise<number> => (await call<{ pending: number }>("GET", "/state")).pending,
    dropDeliveries: () => call<unknown>("DELETE", "/deliveries"),
    requests: async (filter: LogFilter = {}): Promise<LogEntry[]> =>
      (await call<{ requests: LogEntry[] }>("GET", `/requests?${query({ limit: 20_000, ...filter })}`))
        .requests,
    count: async (filter: LogFilter = {}): Promise<number> =>
      (await call<{ count: number }>("GET", `/requests?${query({ ...filter, limit: 0 })}`)).count,
    clearRequests: () => call<unknown>("DELETE", "/requests"),
    /** A customer writes on WhatsApp; returns Meta's ids. */
    whatsApp: async (
      given: Omit<Messages, "messages">,
      ...messages: Messages["messages"]
    ): Promise<string[]> =>
      (await call<{ ids: string[] }>("POST", "/whatsapp/messages", { ...given, messages })).ids,
    /** Meta has this file; returns its id, and its checksum as a webhook has it. */
    addMedia: (given: z.input<typeof mediaInput>) =>
      call<{ id: string; sha256: string }>("POST", "/whatsapp/media", given),
    /** A customer calls on WhatsApp; returns the call's id. */
    whatsAppCall: async (given: z.input<typeof whatsAppCallInput>): Promise<string> =>
      (await call<{ id: string }>("POST", "/whatsapp/calls", given)).id,
    /** Counts a message for the window which the test delivers itself. */
    openWindow: (given: { line: string; from: string; ageSeconds?: number; id?: string }) =>
      call<{ closesAt: string | null }>("POST", "/whatsapp/windows", given),
    rawWhatsApp: (changes: { field: string; value: Record<string, unknown> }[], account?: string) =>
      call<unknown>("POST", "/whatsapp/raw", { changes, account }),
    /** Makes or changes a template of a line's business account: pauses, disables, words it anew. */
    putTemplate: (given: TemplateInput) => call<Template>("POST", "/whatsapp/templates", given),
    /** Meta no longer has it, or any. */
    withdrawTemplates: (given: { line: string; name?: string; tell?: boolean }) =>
      call<{ removed: number }>("POST", "/whatsapp/templates/withdraw", given),
    /** Whether WhatsApp holds marketing to this customer back, or they stopped it. */
    marketing: (customer: string, state: "allowed" | "limited" | "stopped") =>
      call<unknown>("POST", "/whatsapp/marketing", { customer, state }),
    verifyWebhook: () => call<{ verified: boolean; status: number }>("POST", "/whatsapp/verify"),
    /** A customer sends an SMS or MMS; returns Twilio's id. */
    sms: async (given: z.input<typeof smsInput>): Promise<string> =>
      (await call<{ sid: string }>("POST", "/sms/messages", given)).sid,
    /** Twilio has this message, and tells nobody of it; returns its id. */
    keepSms: async (given: z.input<typeof keptSmsInput>): Promise<string> =>
      (await call<{ sid: string }>("POST", "/sms/kept", given)).sid,
    optOut: (given: { line: string; from: string; optedOut: boolean }) =>
      call<unknown>("POST", "/sms/opt-outs", given),
    call: (given: z.input<typeof callInput>) => call<CallView>("POST", "/calls", given),
    playCall: (given: z.input<typeof playInput>) => call<CallView>("POST", "/calls/play", given),
    /** Vapi has these calls, and tells nobody of them. */
    keepCalls: (...calls: z.input<typeof keptCallsInput>["calls"]) =>
      call<unknown>("POST", "/calls/kept", { calls }),
    say: (id: string, text: string) => call<CallView>("POST", `/calls/${id}/say`, { text }),
    /** The latest first. */
    calls: async (): Promise<CallView[]> => (await call<{ calls: CallView[] }>("GET", "/calls")).calls,
    hangUp: (id: string, given: z.input<typeof hangUpInput> = {}) =>
      call<CallView>("POST", `/calls/${id}/hang-up`, given),
    customer: (line: string, customer: string) =>
      call<CustomerView>("GET", `/customer?${query({ line, customer })}`),
    threads: async (): Promise<Thread[]> => (await call<{ threads: Thread[] }>("GET", "/threads")).threads,
    mails: async (to?: string): Promise<Mail[]> =>
      (await call<{ mails: Mail[] }>("GET", `/mail?${query({ to })}`)).mails,
    clearMails: () => call<unknown>("DELETE", "/mail"),
    stripe: stripeClient(call),
  };
}

export type SandboxClient = ReturnType<typeof createClient>;
