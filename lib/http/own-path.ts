const BASE = "http://own.invalid";

/** Pages that sign-in does not lead back to. */
const NOT_A_DESTINATION =
  /^\/(api|_next|sign-in|sign-up|no-garage|forgot-password|reset-password|confirm|confirm-email)(\/|$)/;

/** The header in which a page finds the path and query that were asked for. */
export const ASKED_PATH_HEADER = "x-asked-path";

/** A page of our own, with its query, that it is safe to redirect to; "/" for whatever leads elsewhere. */
export function ownPath(given: unknown): string {
  if (typeof given !== "string" || !given.startsWith("/")) return "/";
  // Read as a browser reads it: two slashes, backslashes and control characters lead to other sites.
  if (!URL.canParse(given, BASE)) return "/";
  const url = new URL(given, BASE);
  // "/.//elsewhere" has become "//elsewhere" by now, which is another site.
  if (url.origin !== BASE || url.pathname.startsWith("//")) return "/";
  if (NOT_A_DESTINATION.test(url.pathname)) return "/";
  return `${url.pathname}${url.search}`;
}

/** The sign-in page, which leads back to `asked` afterwards. */
export function signInPath(asked: string | null): string {
  const next = ownPath(asked);
  return next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
}
