import { configDefaults, defineConfig } from "vitest/config";
import { testDefaults } from "./scripts/lib/environment.mjs";
import { LongestFirst } from "./tests/support/longest-first.mjs";

const root = import.meta.dirname;
const everywhere = ["tests/support/setup-fresh.ts", "tests/support/setup-console.ts"];
/** What is waited for may take this long: the machine may be busy, and waiting ends as soon as it is there. */
const PATIENCE = { poll: { timeout: 20_000, interval: 50 } };
/** What no test reaches unless something hangs. */
const ENDLESS_MS = 120_000;
const productTests = ["app", "components", "lib"].map((folder) => `${folder}/**/*.test.{ts,tsx}`);

export default defineConfig({
  resolve: { alias: [{ find: /^@\//, replacement: `${root}/` }] },
  test: {
    env: { ...testDefaults(), LOG_LEVEL: "warn" },
    exclude: [...configDefaults.exclude, ".data/**", ".next/**"],
    expect: PATIENCE,
    pool: "forks",
    isolate: false, // what that would do is done by setup-fresh, at a fraction of the cost
    maxWorkers: 2,
    restoreMocks: true,
    unstubEnvs: true,
    sequence: { sequencer: LongestFirst },
    // Groups run one after the other: what is timed in one is not disturbed by another.
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [...productTests, "tests/architecture/**/*.test.ts", "tests/unit/**/*.test.{ts,tsx}"],
          setupFiles: everywhere,
          testTimeout: ENDLESS_MS,
          sequence: { groupOrder: 0, setupFiles: "list" },
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["tests/db/**/*.test.ts"],
          globalSetup: ["tests/support/global-database.ts"],
          setupFiles: [...everywhere, "tests/support/setup-passwords.ts", "tests/support/setup-database.ts"],
          testTimeout: ENDLESS_MS,
          hookTimeout: ENDLESS_MS,
          maxWorkers: 3, // they often wait for the database, a killed process or a clock
          sequence: { groupOrder: 1, setupFiles: "list" },
        },
      },
      {
        extends: true,
        test: {
          name: "http",
          include: ["tests/http/**/*.test.ts", "tests/e2e/**/*.test.ts"],
          globalSetup: ["tests/support/global-app.ts"],
          setupFiles: [...everywhere, "tests/support/setup-app.ts"],
          testTimeout: ENDLESS_MS,
          hookTimeout: ENDLESS_MS,
          // Each with an application, a database and providers of its own; a browser test often waits for one of them.
          maxWorkers: 3,
          sequence: { groupOrder: 2, setupFiles: "list" },
        },
      },
    ],
  },
});
