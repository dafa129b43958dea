import type { Persona } from "./persona";

/** A garage as its callers meet it. */
export type PhoneLine = {
  readonly orgId: string;
  readonly orgName: string;
  /** The garage's own telephone, as it is written. */
  readonly phone: string | undefined;
  readonly portalUrl: string | undefined;
  readonly services: readonly string[];
  readonly hours: string | undefined;
  readonly persona: Persona;
  /** Where its calls stand on the latency ladder: 0 full, 1 faster model, 2 no tools. */
  readonly latencyLevel: 0 | 1 | 2;
};
