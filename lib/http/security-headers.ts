type SecurityOptions = { readonly path: string; readonly https: boolean };

/** What customers and staff have sent each other. */
const FILES = /^\/api\/messages\/media\/[^/]+$/;

/** Runs nothing and loads nothing, whatever is in it. A browser keeps it, and asks each time whether it may still show it. */
const OF_A_FILE = {
  "cache-control": "private, no-cache",
  "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
};
const OF_THE_API = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};

/**
 * What every kind of answer carries: pages, API, files, redirects and refusals. Pages add a policy of their own with a
 * nonce (`proxy.ts`). Answers of the API hold personal data, so nobody keeps them.
 */
export function securityHeaders({ path, https }: SecurityOptions): Readonly<Record<string, string>> {
  return {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    ...(https ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
    ...(FILES.test(path) ? OF_A_FILE : path.startsWith("/api/") ? OF_THE_API : {}),
  };
}
