import { defineConfig } from "vitest/config";
import { testDefaults } from "./scripts/lib/environment.mjs";

// What `npm run mutate` runs against a changed file: the pure tests of the cores. Projects would be more than a mutant needs.
export default defineConfig({
  resolve: { alias: [{ find: /^@\//, replacement: `${import.meta.dirname}/` }] },
  test: {
    env: testDefaults(),
    include: ["lib/{billing,credits}/**/*.test.ts"],
    testTimeout: 20_000,
  },
});
