type SecurityOptions = { readonly path: string; readonly https: boolean };

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
    ...(path.startsWith("/api/")
      ? {
          "cache-control": "no-store",
          "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        }
      : {}),
  };
}
