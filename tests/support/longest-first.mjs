/**
 * About how many seconds the longest files took, seen on two cores. A long file that begins last leaves the other
 * process without work. Only the order matters: it need not be kept exact, and a file that is not here counts as short.
 * @type {Record<string, number>}
 */
const SECONDS = {
  "tests/architecture/arrows.test.ts": 10,
  "tests/architecture/dead-code.test.ts": 6,
  "tests/architecture/sources.test.ts": 5,
  "tests/architecture/whole-house.test.ts": 5,
  "tests/db/top-up-kills.test.ts": 35,
  "tests/db/subscription-years.test.ts": 25,
  "tests/db/mail-worker.test.ts": 22,
  "tests/db/subscription-histories.test.ts": 22,
  "tests/db/worker.test.ts": 21,
  "tests/db/ledger-properties.test.ts": 18,
  "tests/db/top-up-terms.test.ts": 17,
  "tests/db/payment-properties.test.ts": 15,
  "tests/db/sign-in.test.ts": 14,
  "tests/db/buying.test.ts": 13,
  "tests/db/seed.test.ts": 12,
  "tests/db/mail.test.ts": 12,
  "tests/db/stripe-subscriptions.test.ts": 12,
  "tests/db/messages.test.ts": 12,
  "tests/db/orders.test.ts": 11,
  "tests/db/top-up-properties.test.ts": 10,
  "tests/http/voice-kills.test.ts": 30,
  "tests/e2e/top-up-charges.test.ts": 45,
  "tests/e2e/top-up-states.test.ts": 25,
  "tests/e2e/top-up.test.ts": 30,
  "tests/e2e/accessibility-states.test.ts": 38,
  "tests/e2e/first-run.test.ts": 30,
  "tests/e2e/plan.test.ts": 35,
  "tests/e2e/buying.test.ts": 45,
  "tests/e2e/forty-by-keyboard.test.ts": 35,
  "tests/e2e/accessibility.test.ts": 30,
  "tests/e2e/inbox-thread.test.ts": 25,
  "tests/http/subscription-kills.test.ts": 25,
  "tests/e2e/subscribing.test.ts": 30,
  "tests/http/stripe-bundles.test.ts": 30,
  "tests/http/processes.test.ts": 30,
  "tests/e2e/billing.test.ts": 28,
};
/** A file of the browser tests that is not in the list. */
const IN_A_BROWSER = 20;

/** @param {import("vitest/node").TestSpecification} file */
function secondsOf({ project, moduleId }) {
  const file = moduleId.slice(project.config.root.length + 1);
  return SECONDS[file] ?? (file.startsWith("tests/e2e/") ? IN_A_BROWSER : 1);
}

/** The longest files first, the others by name: the same order on every machine, also in a fresh checkout. */
export class LongestFirst {
  /** @param {import("vitest/node").TestSpecification[]} files */
  sort(files) {
    return files.toSorted((a, b) => secondsOf(b) - secondsOf(a) || (a.moduleId < b.moduleId ? -1 : 1));
  }

  /** @param {import("vitest/node").TestSpecification[]} files */
  shard(files) {
    return files; // the whole list is always run in one place
  }
}
