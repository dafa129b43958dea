import fc from "fast-check";
import { expect, it } from "vitest";
import { addNote } from "@/lib/inbox/add-note";
import { assign } from "@/lib/inbox/assign";
import { done } from "@/lib/inbox/done";
import { getConversation } from "@/lib/inbox/get-conversation";
import { handBack } from "@/lib/inbox/hand-back";
import { markRead } from "@/lib/inbox/mark-read";
import { reopen } from "@/lib/inbox/reopen";
import { reply } from "@/lib/inbox/reply";
import { snooze } from "@/lib/inbox/snooze";
import { takeOver } from "@/lib/inbox/take-over";
import { wakeConversation } from "@/lib/inbox/wake-conversation";
import { isAppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { givenDesk } from "../factories/message-desk";
import { accept, startedSandbox } from "../factories/message-garage";
import { givenMessage } from "../factories/messages";
import { longest, patience, runs, size } from "../support/effort";

const sandbox = startedSandbox();

const HOUR_MS = 3_600_000;
const PEOPLE = ["ann", "bob"] as const;
type Who = (typeof PEOPLE)[number];

const STEPS = [
  "write",
  "react",
  "done",
  "reopen",
  "snooze",
  "take-over",
  "hand-back",
  "reply",
  "assign",
  "note",
  "show",
  "read",
  "wait",
] as const;

const step = fc.record({
  what: fc.constantFrom(...STEPS),
  who: fc.constantFrom(...PEOPLE),
  hours: fc.constantFrom(1, 3),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What a conversation without credits should be: small enough to be right. */
type Model = {
  now: number;
  isDone: boolean;
  snoozedUntil: number | null;
  holder: Who | null;
  assignee: Who | null;
  wantsPerson: boolean;
  /** The customer wrote after what this advisor's page shows. */
  unshown: Set<Who>;
  /** The customer wrote since it was last done or replied to. */
  waits: boolean;
  unread: Set<Who>;
};

const without = (all: ReadonlySet<Who>, who: Who): Set<Who> => new Set([...all].filter((one) => one !== who));

const CHANGES: Readonly<Record<Step["what"], (model: Model, step: Step) => Partial<Model>>> = {
  write: () => ({
    isDone: false,
    snoozedUntil: null,
    wantsPerson: true,
    waits: true,
    unread: new Set(PEOPLE),
    unshown: new Set(PEOPLE),
  }),
  react: () => ({}),
  done: ({ unshown }, { who }) =>
    unshown.has(who)
      ? {}
      : { isDone: true, snoozedUntil: null, holder: null, wantsPerson: false, waits: false },
  reopen: () => ({ isDone: false, snoozedUntil: null }),
  snooze: ({ now, unshown }, { who, hours }) =>
    unshown.has(who) ? {} : { isDone: false, snoozedUntil: now + hours * HOUR_MS },
  "take-over": (_, { who }) => ({ isDone: false, holder: who, wantsPerson: false }),
  "hand-back": ({ waits }) => ({ holder: null, wantsPerson: waits }),
  reply: (_, { who }) => ({ isDone: false, holder: who, wantsPerson: false, waits: false }),
  assign: (_, { who }) => ({ assignee: who }),
  note: () => ({}),
  show: ({ unshown }, { who }) => ({ unshown: without(unshown, who) }),
  read: ({ unread, unshown }, { who }) => ({ unread: without(unread, who), unshown: without(unshown, who) }),
  wait: ({ now, snoozedUntil }, { hours }) => {
    const later = now + hours * HOUR_MS;
    const over = snoozedUntil !== null && snoozedUntil <= later;
    return { now: later, ...(over && { snoozedUntil: null, wantsPerson: true }) };
  },
};

const shownOf = (model: Model) => ({
  state: model.isDone ? "done" : model.snoozedUntil === null ? "open" : "snoozed",
  holder: model.holder,
  assignee: model.assignee,
  wantsPerson: model.wantsPerson,
  unread: PEOPLE.filter((who) => model.unread.has(who)),
});

const unlessWritten = (putAway: Promise<void>): Promise<void> =>
  putAway.catch((error: unknown) => {
    if (!isAppError(error) || error.code !== "written_meanwhile") throw error;
  });

async function givenWorld() {
  const desk = await givenDesk(sandbox.current());
  const { ctx, garage, orgId, id } = desk;
  const clock = { ms: ctx.now().getTime() };
  const now = () => new Date(clock.ms);
  const system = { ...ctx, now };
  const people = { ann: { ...desk.ann, now }, bob: { ...desk.bob, now } };
  const shown: Record<Who, Date | null> = { ann: null, bob: null };
  const show = async (who: Who) => {
    const readTo = new Date((await getConversation(people[who], orgId, id)).readTo ?? 0);
    shown[who] = readTo;
    return readTo;
  };
  const say = (more: Partial<Parameters<typeof givenMessage>[1]>) =>
    accept(system, garage.profile, givenMessage("sms", { identity: garage.phone, at: now(), ...more }));
  const perform = async ({ what, who, hours }: Step): Promise<unknown> => {
    const member = people[who];
    switch (what) {
      case "write":
        return say({ body: "Is it ready?" });
      case "react":
        return say({ type: "reaction", body: "👍", wantsAnswer: false });
      case "done":
        return unlessWritten(done(member, orgId, id, { readTo: shown[who] }));
      case "reopen":
        return reopen(member, orgId, id);
      case "snooze":
        return unlessWritten(
          snooze(member, orgId, id, new Date(clock.ms + hours * HOUR_MS), { readTo: shown[who] }),
        );
      case "take-over":
        return takeOver(member, orgId, id);
      case "hand-back":
        return handBack(member, orgId, id);
      case "reply":
        return reply(member, { orgId, conversationId: id, body: "Nearly.", key: newId() });
      case "assign":
        return assign(member, orgId, id, member.actor.userId);
      case "note":
        return addNote(member, { orgId, conversationId: id, body: "Parts came.", key: newId() });
      case "show":
        return show(who);
      case "read":
        return markRead(member, orgId, id, await show(who));
      case "wait":
        clock.ms += hours * HOUR_MS;
        return wakeConversation(system, { orgId, conversationId: id });
    }
  };
  const look = async () => {
    const seen = await Promise.all(
      PEOPLE.map(async (who) => (await getConversation(people[who], orgId, id)).conversation),
    );
    const named = (person: { name: string } | null | undefined) =>
      PEOPLE.find((who) => person?.name.toLowerCase() === who) ?? null;
    return {
      state: seen[0]?.state,
      holder: named(seen[0]?.holder),
      assignee: named(seen[0]?.assignee),
      wantsPerson: seen[0]?.needsAttention,
      unread: PEOPLE.filter((_, nth) => seen[nth]?.unread),
    };
  };
  return { clock, perform, look };
}

it(
  "whatever two advisors do, a conversation is as they left it, and no message of the customer’s is lost",
  async () => {
    const history = fc.array(step, { minLength: 5, maxLength: longest(30), size });
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const { clock, perform, look } = await givenWorld();
        let model: Model = {
          now: clock.ms,
          isDone: false,
          snoozedUntil: null,
          holder: null,
          assignee: null,
          wantsPerson: true,
          waits: true,
          unread: new Set(PEOPLE),
          unshown: new Set(PEOPLE),
        };
        for (const one of steps) {
          // No two things happen in the same millisecond.
          clock.ms += 1_000;
          model = { ...model, now: clock.ms };
          model = { ...model, ...CHANGES[one.what](model, one) };
          await perform(one);
          expect(await look()).toEqual(shownOf(model));
        }
      }),
      { numRuns: runs(12) },
    );
  },
  patience(60_000),
);
