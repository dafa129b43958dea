import { afterEach, describe, expect, it } from "vitest";
import type { Member } from "@/lib/auth/context";
import type { Role } from "@/lib/auth/permissions";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { eventStream } from "./event-stream";
import { deliverLive, noteListening } from "./live";

const gone: AbortController[] = [];
afterEach(() => {
  for (const controller of gone.splice(0)) controller.abort();
});

const member = (role: Role = "advisor"): Member => ({
  kind: "member",
  userId: newId(),
  orgId: newId(),
  role,
});

function listen(who: Member, roleNow: () => Promise<Role> = async () => who.role, since?: number) {
  const browser = new AbortController();
  gone.push(browser);
  const heard: string[] = [];
  let open = true;
  const stream = eventStream(who, {
    signal: browser.signal,
    roleNow,
    heartbeatMs: 5,
    ...(since !== undefined && { since }),
  });
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of stream) heard.push(decoder.decode(chunk));
    open = false;
  };
  void read();
  return {
    events: () => heard.filter((text) => /^event: (?!heartbeat|connected)/.test(text)),
    isComplete: () => /^event: connected\ndata: {"complete":(.*)}/m.exec(heard.join(""))?.[1],
    isOpen: () => open,
    leave: () => browser.abort(),
  };
}

const callsChanged = ({ orgId }: Member) => deliverLive({ type: "calls/changed", orgId });

describe("a live stream", () => {
  it("tells of its own organisation's changes, as far as the role may see them, and ends when the browser leaves", async () => {
    const advisor = member("advisor");
    const technician = { ...member("technician"), orgId: advisor.orgId };
    const [told, untold, foreign] = [listen(advisor), listen(technician), listen(member("owner"))];
    callsChanged(advisor);
    await expect.poll(told.events).toEqual(["event: calls/changed\ndata: {}\n\n"]);
    expect([untold.events(), foreign.events()]).toEqual([[], []]);
    told.leave();
    await expect.poll(told.isOpen).toBe(false);
    callsChanged(advisor);
    expect(told.events()).toHaveLength(1);
  });

  it("tells first what its page has missed since it was rendered, as far as the role may see it", async () => {
    noteListening(true);
    const who = member("technician");
    const since = Date.now() + 250;
    await expect.poll(() => Date.now()).toBeGreaterThan(since);
    deliverLive({ type: "diagnostics/changed", orgId: who.orgId });
    deliverLive({ type: "conversation/typing", orgId: who.orgId, conversationId: newId(), userId: newId() });
    callsChanged(who);
    deliverLive({ type: "access/changed", userId: who.userId });
    const [page, restored] = [listen(who, undefined, since), listen(who)];
    await expect
      .poll(page.events)
      .toEqual(["event: diagnostics/changed\ndata: {}\n\n", "event: access/changed\ndata: {}\n\n"]);
    expect(page.isComplete()).toBe("true");
    await expect.poll(restored.isComplete).toBe("false");
    expect(restored.events()).toEqual([]);
    noteListening(false);
  });

  it("looks at the rights at each heartbeat: a smaller role hears less, who may not listen any more is cut off", async () => {
    const who = member("advisor");
    const answers: (Role | AppError)[] = [];
    let looks = 0;
    const stream = listen(who, async () => {
      const answer = answers.at(-1) ?? who.role;
      looks += 1;
      if (answer instanceof AppError) throw answer;
      return answer;
    });
    const changeTo = async (answer: Role | AppError) => {
      answers.push(answer);
      const before = looks;
      await expect.poll(() => looks).toBeGreaterThan(before + 1);
    };
    await changeTo("technician");
    callsChanged(who);
    await changeTo("advisor");
    deliverLive({ type: "conversation/changed", orgId: who.orgId, conversationId: who.userId });
    const told = () => stream.events().map((text) => /event: (.*)/.exec(text)?.[1]);
    await expect.poll(told).toEqual(["access/changed", "access/changed", "conversation/changed"]);
    answers.push(new AppError("unauthenticated", "Sign in to continue."));
    await expect.poll(stream.isOpen).toBe(false);
  });

  it("looks at once where a person's access has changed, tells their browser, and is cut off where the right has gone", async () => {
    const who = member("advisor");
    const elsewhere = { ...member("owner"), userId: who.userId };
    let answer: Role | AppError = "advisor";
    const roleNow = async () => {
      if (answer instanceof AppError) throw answer;
      return answer;
    };
    const tabs = [listen(who, roleNow), listen(elsewhere), listen({ ...member(), orgId: who.orgId })];
    const heard = () => tabs.map((tab) => tab.events().length);
    deliverLive({ type: "access/changed", userId: who.userId });
    await expect.poll(heard).toEqual([1, 1, 0]);
    answer = new AppError("organisation_changed", "Reload this page.");
    deliverLive({ type: "access/changed", userId: who.userId });
    await expect.poll(() => tabs.map((tab) => tab.isOpen())).toEqual([false, true, true]);
    expect(tabs[0]?.events().at(-1)).toBe("event: access/changed\ndata: {}\n\n");
  });

  it("stays open where the rights cannot be looked up at the moment", async () => {
    const who = member("owner");
    let looks = 0;
    const stream = listen(who, async () => {
      looks += 1;
      throw new AppError("unavailable", "Please try again in a moment.");
    });
    await expect.poll(() => looks).toBeGreaterThan(2);
    expect(stream.isOpen()).toBe(true);
    callsChanged(who);
    await expect.poll(stream.events).toHaveLength(1);
  });

  it("is refused to a member who has twenty, until one of them ends; others are not concerned", async () => {
    const who = member();
    const [first] = Array.from({ length: 20 }, () => listen(who));
    expect(() => listen(who)).toThrow(
      expect.objectContaining({ code: "rate_limited", retryAfterSeconds: 60 }),
    );
    expect(listen({ ...member(), orgId: who.orgId }).isOpen()).toBe(true);
    first?.leave();
    await expect.poll(() => first?.isOpen()).toBe(false);
    expect(listen(who).isOpen()).toBe(true);
  });
});
