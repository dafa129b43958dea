import { parseCronItems } from "graphile-worker";
import { expect, it } from "vitest";
import { JOBS, type JobName } from "@/lib/queue/jobs";
import { schedule, tasks } from "./tasks";

it("the worker has a task for every job, and its clock starts every job that has times", () => {
  const names = Object.keys(JOBS) as JobName[];
  expect(Object.keys(tasks)).toEqual(names);
  expect(schedule).toEqual([
    {
      task: "refresh-templates",
      match: "23 * * * *",
      options: { jobKey: "refresh-templates", maxAttempts: 1 },
    },
    { task: "sweep-cycles", match: "* * * * *", options: { jobKey: "sweep-cycles", maxAttempts: 1 } },
    { task: "index-words", match: "* * * * *", options: { jobKey: "index-words", maxAttempts: 1 } },
    { task: "reconcile-calls", match: "*/5 * * * *", options: { jobKey: "reconcile-calls", maxAttempts: 1 } },
    {
      task: "reconcile-messages",
      match: "*/10 * * * *",
      options: { jobKey: "reconcile-messages", maxAttempts: 1 },
    },
    {
      task: "reconcile-payments",
      match: "*/5 * * * *",
      options: { jobKey: "reconcile-payments", maxAttempts: 1 },
    },
    {
      task: "settle-leftovers",
      match: "*/15 * * * *",
      options: { jobKey: "settle-leftovers", maxAttempts: 1 },
    },
    { task: "warn-of-expiry", match: "*/15 * * * *", options: { jobKey: "warn-of-expiry", maxAttempts: 1 } },
    {
      task: "remove-old-media",
      match: "37 * * * *",
      options: { jobKey: "remove-old-media", maxAttempts: 1 },
    },
    {
      task: "forget-links-and-letters",
      match: "41 * * * *",
      options: { jobKey: "forget-links-and-letters", maxAttempts: 1 },
    },
    { task: "tidy-queues", match: "47 * * * *", options: { jobKey: "tidy-queues", maxAttempts: 1 } },
    {
      task: "reconcile-everything",
      match: "17 3 * * *",
      options: { jobKey: "reconcile-everything", maxAttempts: 1, backfillPeriod: 86_400_000 },
    },
  ]);
  expect(parseCronItems(schedule)).toHaveLength(schedule.length);
});
