import type { MediaAnswer } from "@/lib/inbox/fetch-media";

/** The whole of a file: enough for 16 MB on a slow line, short enough for the worker. */
const TIMEOUT_MS = 90_000;

export type Download = {
  readonly url: string;
  readonly maxBytes: number;
  /** Whether this is an address of the provider's, and what it is told there; undefined: nothing is asked there. */
  readonly headersFor: (url: URL) => Readonly<Record<string, string>> | undefined;
  /** How many times it may lead on to another address of the provider's. */
  readonly maxHops: number;
};

/**
 * Asks a provider for the bytes of a file, at its own addresses alone: whatever else it names, or leads on to, is not asked,
 * so that nobody can have this server fetch from a machine of their choosing.
 */
export async function download(asked: Download): Promise<MediaAnswer> {
  let address = asked.url;
  for (let hop = 0; hop <= asked.maxHops; hop += 1) {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const headers = url && asked.headersFor(url);
    if (!url || !headers) return { kind: "address" };
    const response = await get(url, headers);
    if (!response) return { kind: "unreachable" };
    const { status } = response;
    if (status === 200) return toAnswer(response, asked.maxBytes);
    await response.body?.cancel().catch(() => undefined);
    const next = response.headers.get("location");
    if (status < 300 || status >= 400 || next === null)
      return { kind: isGone(status) ? "gone" : "unreachable" };
    address = URL.canParse(next, url) ? new URL(next, url).href : "";
  }
  return { kind: "address" };
}

const isGone = (status: number): boolean => status === 404 || status === 410;

const get = (url: URL, headers: Readonly<Record<string, string>>): Promise<Response | undefined> =>
  fetch(url, { headers, redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => undefined);

async function toAnswer(response: Response, maxBytes: number): Promise<MediaAnswer> {
  if (!response.body) return { kind: "unreachable" };
  const length = response.headers.get("content-length");
  const isPlain = response.headers.get("content-encoding") === null;
  const bytes = length !== null && isPlain && /^\d{1,15}$/.test(length) ? Number(length) : undefined;
  if (bytes !== undefined && bytes > maxBytes) {
    await response.body.cancel().catch(() => undefined);
    return { kind: "too-large" };
  }
  return { kind: "found", body: response.body, ...(bytes !== undefined && { bytes }) };
}

/** Whether two addresses are of one server: scheme, host and port. */
export const isSameOrigin = (url: URL, base: string): boolean => url.origin === new URL(base).origin;
