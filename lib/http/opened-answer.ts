import type { Opened } from "@/lib/auth/open-session";

/** The answer to a link that signs in: the cookies, where to go, and whether a code is asked for first. */
export const openedAnswer = ({ kind, headers, next }: Opened & { readonly next: string }): Response =>
  Response.json({ next, ...(kind === "second-step" ? { secondStep: true } : {}) }, { headers });
