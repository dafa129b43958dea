import { env } from "@/lib/shared/env";
import { AppError } from "@/lib/shared/errors";

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** The origins of our own pages: the configured address and, where that is this machine, its other names. */
export function ownOrigins(appUrl: string): string[] {
  const { protocol, hostname, port, origin } = new URL(appUrl);
  if (!LOOPBACK.includes(hostname)) return [origin];
  return LOOPBACK.map((name) => `${protocol}//${name}${port && `:${port}`}`);
}

/**
 * Throws foreign_origin where a browser says that a page of somebody else's asks. What names no origin is no browser's
 * form: every browser names it with a POST.
 */
export function refuseForeignOrigin(headers: Headers): void {
  const { APP_URL } = env();
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site") ?? "none";
  const isOwn = origin === null ? /^(none|same-origin)$/.test(site) : ownOrigins(APP_URL).includes(origin);
  if (!isOwn)
    throw new AppError("foreign_origin", `Torqueflow is at ${APP_URL}. Open that address and try again.`);
}
