import type { Delivery, Outcome } from "./delivery";
import { shownBody, shownHeaders } from "./redact";
import type { RequestLog } from "./request-log";

interface Post {
  delivery: Delivery;
  forged: boolean;
  /** 1 for the first attempt. */
  attempt: number;
  timeoutMs: number;
  stopped: AbortSignal;
}

const pathOf = (url: string): string => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

/** Makes one attempt and logs it. Never throws. */
export async function post(
  log: RequestLog,
  { delivery, forged, attempt, timeoutMs, stopped }: Post,
): Promise<Outcome> {
  const headers = delivery.headers(delivery.body, forged);
  const open = log.open({
    direction: "out",
    provider: delivery.provider,
    method: "POST",
    path: pathOf(delivery.url),
    type: delivery.type,
    headers: shownHeaders(headers),
    body: shownBody(delivery.body, headers["content-type"]),
  });
  const outcome = await send(delivery, headers, AbortSignal.any([AbortSignal.timeout(timeoutMs), stopped]));
  open.close({ ...said(outcome), ...noteOf(outcome, attempt, forged) });
  return outcome;
}

async function send(
  { url, body }: Delivery,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const response = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
    return {
      kind: "answered",
      status: response.status,
      headers: response.headers,
      body: await response.text(),
    };
  } catch (error) {
    if (signal.aborted) return { kind: "timeout" };
    const { message, cause } = error as Error;
    return { kind: "unreachable", reason: cause instanceof Error ? cause.message : message };
  }
}

function said(outcome: Outcome): { status?: number; reply?: unknown } {
  if (outcome.kind !== "answered") return {};
  return {
    status: outcome.status,
    reply: shownBody(outcome.body, outcome.headers.get("content-type") ?? undefined),
  };
}

function noteOf(outcome: Outcome, attempt: number, forged: boolean): { note?: string } {
  const notes = [
    attempt > 1 ? `attempt ${attempt}` : "",
    forged ? "signed with a wrong secret" : "",
    outcome.kind === "timeout" ? "no answer in time" : "",
    outcome.kind === "unreachable" ? `could not be reached: ${outcome.reason}` : "",
  ].filter((note) => note !== "");
  return notes.length > 0 ? { note: notes.join("; ") } : {};
}
