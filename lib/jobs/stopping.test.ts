import { expect, it } from "vitest";
import { runSteps } from "./stopping";

it("takes each step in order and within its time; one that fails or hangs holds no later one up", async () => {
  const ran: string[] = [];
  const step = (name: string, run: () => Promise<unknown>) => ({
    name,
    budgetMs: 20,
    run: () => {
      ran.push(name);
      return run();
    },
  });
  const left = await runSteps([
    step("requests", async () => undefined),
    step("jobs", () => new Promise(() => undefined)),
    step("presence", () => Promise.reject(new Error("gone"))),
    step("database", async () => undefined),
  ]);
  expect(ran).toEqual(["requests", "jobs", "presence", "database"]);
  expect(left).toEqual(["jobs", "presence"]);
});
