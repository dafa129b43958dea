import { parseCronItems } from "graphile-worker";
import { expect, it } from "vitest";
import { schedule, tasks } from "./tasks";

it("every scheduled job exists, and every reconciliation is scheduled", () => {
  const scheduled = schedule.map((item) => item.task);
  expect(scheduled.filter((task) => !(task in tasks))).toEqual([]);
  expect(Object.keys(tasks).filter((task) => /^(sweep|reconcile|settle)-/.test(task))).toEqual(scheduled);
  expect(parseCronItems(schedule)).toHaveLength(schedule.length);
});
