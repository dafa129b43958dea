/** `stops`: customers are not served; `limits`: they are, less well; `unknown`: it cannot be told. */
export type Severity = "stops" | "limits" | "unknown";

/** What is wrong with a line, and what to do about it, in words for an owner. */
export type LineProblem = {
  readonly code: string;
  readonly severity: Severity;
  readonly what: string;
  readonly next: string;
  /** Who mends it: a button on the page, the garage by itself, or Torqueflow's support. */
  readonly by: "button" | "garage" | "support";
};

export const SUPPORT = "Tell Torqueflow’s support: only they can mend this.";

export const problem = (
  code: string,
  severity: Severity,
  what: string,
  next: string,
  by: LineProblem["by"] = "support",
): LineProblem => ({ code, severity, what, next, by });

/** A word of the provider that is new to us. */
export const unknownWord = (provider: string, of: string, word: string): LineProblem =>
  problem(
    "unknown-word",
    "unknown",
    `${provider} gives this number’s ${of} as “${word}”, which Torqueflow does not know.`,
    "If customers do not get through, tell Torqueflow’s support these words.",
    "garage",
  );
