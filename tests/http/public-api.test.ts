import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { givenStaffedGarage, lineOf, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { request, sharedApp } from "../support/app";
import { type SignedIn, signIn } from "../support/sign-in";

const sandbox = createClient(sharedApp().sandboxUrl);
const ctx = systemContext("test");
let owner: SignedIn;
let advisor: SignedIn;
/** What changes here: one garage with credits, one without. */
let served: StaffedGarage;
let exhausted: StaffedGarage;
beforeAll(async () => {
  served = await givenStaffedGarage(ctx, { purchased: 1_000 });
  exhausted = await givenStaffedGarage(ctx);
  for (const garage of [served, exhausted]) await sandbox.addLine(lineOf(garage));
  owner = await signIn("owner@brightside.test");
  advisor = await signIn("advisor@brightside.test");
});
afterAll(closePool);

describe("what is read", () => {
  it("whether the subscription is paid, every member may know, and where they can pay", async () => {
    const standing = async (email: string) =>
      (await (await signIn(email)).get("/api/billing/standing")).json();
    for (const role of ["owner", "advisor", "technician"])
      expect(await standing(`${role}@brightside.test`)).toMatchObject({ overdue: false, update: null });
    expect(await standing("advisor@millbrook.test")).toMatchObject({ overdue: true, update: null });
    expect(await standing("manager@millbrook.test")).toMatchObject({
      overdue: true,
      update: expect.stringMatching(/^(portal|support)$/),
    });
  });

  it("an invoice that is not theirs is not found, whatever its id looks like", async () => {
    for (const id of ["in_somebody_elses", "..%2F..", "in_1%0d%0aset-cookie"])
      for (const what of ["page", "pdf"]) {
        const response = await owner.get(`/api/billing/invoices/${id}/${what}`);
        expect([id, response.status, response.headers.get("location")]).toEqual([id, 404, null]);
      }
    expect((await advisor.get("/api/billing/invoices/in_1/page")).status).toBe(403);
  });

  it("the cost of a call is shown to nobody", async () => {
    const text = await (await owner.get("/api/voice/calls?limit=5")).text();
    expect(text).not.toMatch(/cost|micro|"credits"/i);
  });
});

describe("the credit dashboard's data", () => {
  it("GET /api/credits/balance: whole credits, gauge, estimate and lots in the order of the draw", async () => {
    const balance = await (await owner.get("/api/credits/balance")).json();
    expect(balance).toMatchObject({
      balance: 1_480,
      allowance: 2_000,
      percent: 74,
      status: "moderate",
      statusText: "Credits in good shape",
      recalculating: false,
    });
    expect(
      balance.lots.map(({ kind, credits }: { kind: string; credits: number }) => [kind, credits]),
    ).toEqual([
      ["monthly", 980],
      ["gifted", 200],
      ["purchased", 300],
    ]);
    expect(balance.lots[0].refreshesAt).toMatch(/^\d{4}-/);
    expect(balance.lots[2].expiresAt).toBeNull();
    expect(balance.estimateText).toMatch(
      /^Based on your usage, these credits should last approximately \d+ days?\.$/,
    );
  });

  it("GET /api/credits/usage and trend agree with each other", async () => {
    const usage = await (await owner.get("/api/credits/usage")).json();
    expect(usage.channels.map(({ channel }: { channel: string }) => channel)).toEqual([
      "voice",
      "whatsapp",
      "sms",
      "diagnostics",
    ]);
    const used = usage.channels.reduce((sum: number, { credits }: { credits: number }) => sum + credits, 0);
    const trend = await (await owner.get("/api/credits/trend")).json();
    expect(Math.abs(trend.currentTotal - used)).toBeLessThanOrEqual(4); // each rounds by itself
    expect(trend.days[0].day).toBe(usage.cycle.start);
    expect(trend.changePercent).toEqual(expect.any(Number));
  });

  it("trials get their balance and cap, and nothing else of the dashboard", async () => {
    const trial = await signIn("owner@quayside.test");
    expect((await trial.get("/api/credits/balance")).status).toBe(200);
    for (const path of ["usage", "trend", "purchases"])
      expect((await trial.get(`/api/credits/${path}`)).status).toBe(404);
    expect(await (await trial.get("/api/billing/subscription")).json()).toMatchObject({
      state: "trial",
      trialCap: { text: "£1.20 of £5.00" },
    });
  });

  it.each([
    ["ironbridge", "credit-exhaustion"],
    ["harbour", "trial-cap"],
    ["coldstart", "credit-exhaustion"],
  ])("%s: the degradation banner is the gate's own answer", async (slug, reason) => {
    const notices = await (await (await signIn(`owner@${slug}.test`)).get("/api/credits/notices")).json();
    expect(notices).toEqual({ warning: null, degradation: { reason, text: "No credits remaining." } });
  });
});

describe("conversations", () => {
  it("a customer's SMS to a garage without credits reaches its advisor, and nobody else's", async () => {
    const own = await signIn(`advisor@${exhausted.slug}.test`);
    await sandbox.sms({ line: exhausted.slug, from: "+447700900555", text: "Is my car ready?" });
    const find = async () =>
      (await (await own.get("/api/messages/conversations?limit=50")).json()).conversations.find(
        ({ customer }: { customer: string }) => customer === "+447700900555",
      );
    await expect.poll(find).toBeDefined();
    const conversation = await find();
    expect(conversation).toMatchObject({
      channel: "sms",
      customer: "+447700900555",
      degraded: true,
      degradationReason: "credit-exhaustion",
      needsAttention: true,
    });
    const path = `/api/messages/conversations/${conversation.id}`;
    expect((await own.get(path)).status).toBe(200);
    expect((await advisor.get(path)).status).toBe(404);
    expect((await advisor.post(`${path}/take-over`)).status).toBe(404);
    expect((await own.post(`${path}/take-over`)).status).toBe(200);
    expect((await own.post(`${path}/reply`, { body: "Ready at four.", key: "a-browser-key" })).status).toBe(
      202,
    );
    await expect
      .poll(async () =>
        (await (await own.get(path)).json()).messages.map(
          (message: { author: string; status: string | null }) => [
            message.author,
            message.status === "failed",
          ],
        ),
      )
      .toEqual([
        ["customer", false],
        ["canned", false],
        ["staff", false],
      ]);
    expect((await own.post(`${path}/hand-back`)).status).toBe(204);
  });
});

describe("diagnostics", () => {
  it("a question is answered in a stream and kept; asking again with the same key asks once", async () => {
    const question = {
      question: "2014 Golf 1.6 TDI, P0401, loss of power. Where do I start?",
      key: "question-0001",
    };
    const asker = await signIn(`technician@${served.slug}.test`);
    const response = await asker.post("/api/diagnostics", question);
    expect([response.status, response.headers.get("x-query-mode")]).toEqual([200, "full"]);
    const answer = await response.text();
    expect(answer.length).toBeGreaterThan(20);
    await expect
      .poll(async () => (await (await asker.get("/api/diagnostics")).json()).queries[0].answer)
      .toBe(answer);
    const again = await asker.post("/api/diagnostics", question);
    expect([again.headers.get("x-query-mode"), await again.text()]).toEqual(["repeated", answer]);
  });

  it("without credits no AI is asked: a clear answer, and a conversation for staff", async () => {
    const mechanic = await signIn(`technician@${exhausted.slug}.test`);
    const before = await sandbox.count({ provider: "ai" });
    const response = await mechanic.post("/api/diagnostics", {
      question: "Why does it smoke?",
      key: "question-0002",
    });
    expect(response.headers.get("x-query-mode")).toBe("degraded");
    expect(await response.text()).toMatch(/passed to your team/);
    expect(await sandbox.count({ provider: "ai" })).toBe(before);
    const manager = await signIn(exhausted.manager);
    const { conversations } = await (await manager.get("/api/messages/conversations")).json();
    expect(
      conversations.some(
        ({ channel, lastMessage }: { channel: string; lastMessage: string }) =>
          channel === "diagnostics" && lastMessage === "Why does it smoke?",
      ),
    ).toBe(true);
  });
});

describe("live events", () => {
  it("a call settled elsewhere is told to the owner's browser, and not to a technician's", async () => {
    const listen = async (member: SignedIn) => {
      const response = await request("/api/events", { headers: { cookie: member.cookie } });
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      if (!reader) throw new Error("no stream");
      let heard = "";
      const read = async (): Promise<void> => {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return;
          heard += value;
        }
      };
      void read().catch(() => undefined);
      return { heard: () => heard, stop: () => reader.cancel() };
    };
    const ownerHears = await listen(await signIn(served.owner));
    const technicianHears = await listen(await signIn(`technician@${served.slug}.test`));
    await sandbox.playCall({
      line: served.slug,
      from: "+447700900556",
      says: ["What time do you open?"],
      seconds: 60,
    });
    await expect.poll(() => ownerHears.heard()).toContain("event: credits/changed");
    expect(technicianHears.heard()).not.toContain("credits/changed");
    await Promise.all([ownerHears.stop(), technicianHears.stop()]);
  });
});
