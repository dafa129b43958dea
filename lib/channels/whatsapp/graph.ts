import { env } from "@/lib/shared/env";

const API_VERSION = "v24.0";

/** Where something of the Graph API is. */
export const graphUrl = (...path: readonly string[]): string =>
  [env().META_API_BASE.replace(/\/+$/, ""), API_VERSION, ...path.map(encodeURIComponent)].join("/");

/** What the Graph API, and Meta's servers of files, are told: to nobody else. */
export const graphHeaders = (): Record<string, string> => ({
  authorization: `Bearer ${env().META_ACCESS_TOKEN}`,
});
