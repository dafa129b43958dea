import { describe, expect, it } from "vitest";
import { newId } from "@/lib/shared/ids";
import { JOBS, type JobName } from "./jobs";

const names = Object.keys(JOBS) as JobName[];

describe("the table of jobs", () => {
  it("says when the clock starts which job, in UTC; every sweep, settling and reconciliation is among them", () => {
    const times = Object.fromEntries(names.flatMap((name) => [[name, JOBS[name].schedule]]));
    expect(times).toEqual({
      "watch-balance": undefined,
      "answer-message": undefined,
      "send-message": undefined,
      "fetch-media": undefined,
      "release-holds": undefined,
      "wake-conversation": undefined,
      "sync-customer": undefined,
      "read-subscription": undefined,
      "end-open-orders": undefined,
      "send-mail": undefined,
      "send-personal-mail": undefined,
      "charge-top-up": undefined,
      "close-top-up-page": undefined,
      "look-at-top-up": undefined,
      "tell-subscription": undefined,
      "read-templates": undefined,
      "refresh-templates": { match: "23 * * * *" },
      "sweep-cycles": { match: "* * * * *" },
      "index-words": { match: "* * * * *" },
      "reconcile-calls": { match: "*/5 * * * *" },
      "reconcile-messages": { match: "*/10 * * * *" },
      "reconcile-payments": { match: "*/5 * * * *" },
      "settle-leftovers": { match: "*/15 * * * *" },
      "warn-of-expiry": { match: "*/15 * * * *" },
      "remove-old-media": { match: "37 * * * *" },
      "forget-links-and-letters": { match: "41 * * * *" },
      "tidy-queues": { match: "47 * * * *" },
      "reconcile-everything": { match: "17 3 * * *", backfillMs: 86_400_000 },
    });
    const unscheduled = names.filter((name) => JOBS[name].schedule === undefined);
    expect(unscheduled.filter((name) => /^(sweep|reconcile|settle)-/.test(name))).toEqual([]);
  });

  it("gives each conversation's messages a queue of their own: a flood in one holds up no other", () => {
    const queueOf = (name: "answer-message" | "send-message", conversationId: string) =>
      JOBS[name].plan({ orgId: newId(), conversationId, messageId: newId() }).queue;
    const conversations = Array.from({ length: 2_000 }, newId);
    for (const name of ["answer-message", "send-message"] as const) {
      const queues = conversations.map((id) => queueOf(name, id));
      expect(queues).toEqual(conversations.map((id) => queueOf(name, id)));
      expect(new Set(queues).size).toBe(conversations.length);
    }
  });

  it("sends mails one after the other: a slow mail server occupies one of the worker's slots", () => {
    const queueOf = () => JOBS["send-mail"].plan({ orgId: newId(), mailId: newId() }).queue;
    expect([queueOf(), queueOf()]).toEqual(["mail", "mail"]);
  });

  it("plans each kind of job under a key that names its subject", () => {
    const ids = { orgId: newId(), conversationId: newId(), messageId: newId() };
    const plans = {
      "watch-balance": JOBS["watch-balance"].plan({ orgId: ids.orgId }),
      "answer-message": JOBS["answer-message"].plan(ids),
      "send-message": JOBS["send-message"].plan(ids),
      "sync-customer": JOBS["sync-customer"].plan({ customerId: "cus_1" }),
      "sweep-cycles": JOBS["sweep-cycles"].plan({}),
    };
    expect(plans).toMatchObject({
      "watch-balance": { key: `watch-balance:${ids.orgId}`, queue: null, attempts: 25 },
      "answer-message": { key: `answer-message:${ids.messageId}`, attempts: 5, payload: ids },
      "send-message": { key: `send-message:${ids.messageId}`, attempts: 8, payload: { ...ids, attempt: 1 } },
      "sync-customer": { key: "sync-customer:cus_1", queue: null, attempts: 25 },
      "sweep-cycles": { key: "sweep-cycles", queue: null, attempts: 1, payload: {} },
    });
  });

  it("refuses a payload that is not the job's", () => {
    expect(() => JOBS["answer-message"].plan({ orgId: newId(), messageId: newId() })).toThrow(
      /conversationId/,
    );
    expect(() => JOBS["watch-balance"].plan({ orgId: "brightside" })).toThrow(/orgId/);
  });
});
