import type { Reply, SandboxRequest } from "./http";
import type { Route } from "./router";

/** Everyone the sandbox stands in for. A new one is added here and in `start-sandbox.ts`. */
export const PROVIDERS = ["meta", "twilio", "ai", "vapi", "stripe", "smtp"] as const;

export type ProviderName = (typeof PROVIDERS)[number];

/** A provider that is reached over HTTP: everything below its prefix is logged and can be scripted. */
export interface HttpProvider {
  name: ProviderName;
  /** Such as `/meta`. */
  prefix: string;
  routes: readonly Route[];
  /** The provider's own words for an unknown path. */
  notFound: (request: SandboxRequest) => Reply;
  /** Forgets everything that happened. */
  reset: () => void;
}
