import { describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { readBalance } from "@/lib/credits/store/balance";
import { pool } from "@/lib/db/pool";
import { handBack } from "@/lib/inbox/hand-back";
import { reply } from "@/lib/inbox/reply";
import { takeOver } from "@/lib/inbox/take-over";
import { enqueue } from "@/lib/queue/enqueue";
import { newId } from "@/lib/shared/ids";
import { runJobs } from "../factories/jobs";
import { testContext } from "../factories/ledger";
import {
  accept,
  conversationOf,
  givenAdvisor,
  givenGarage,
  member,
  sentTo,
  startedSandbox,
} from "../factories/message-garage";
import { givenMessage } from "../factories/messages";

const sandbox = startedSandbox();
const aiRequests = () => sandbox.current().control.count({ provider: "ai" });

const CREDITS_FOR_A_WHILE = 500;

describe("consent", () => {
  it("an opt-out word is recorded and nothing is sent; nor is anything afterwards, until they opt in", async () => {
    const ctx = testContext(new Date());
    const garage = await givenGarage(sandbox.current(), ctx, 0);
    const text = (more: object) =>
      accept(ctx, garage.profile, givenMessage("sms", { identity: garage.phone, ...more }));
    await text({ body: "STOP", consent: "opt_out" });
    await text({ body: "Is my car ready?" });
    expect(await sentTo(garage.orgId)).toEqual([]);
    const { id } = await conversationOf(garage.orgId);
    await expect(
      reply(member(garage.orgId), { orgId: garage.orgId, conversationId: id, body: "Yes", key: "key-0001" }),
    ).rejects.toMatchObject({ code: "conflict" });
    await text({ body: "START", consent: "opt_in" });
    expect(await sentTo(garage.orgId)).toHaveLength(1);
    await text({ body: "Is my car ready?" });
    expect(await sentTo(garage.orgId)).toHaveLength(2);
  });

  it("short codes and alphanumeric senders are stored and never answered", async () => {
    const ctx = testContext(new Date());
    const garage = await givenGarage(sandbox.current(), ctx, 0);
    await accept(
      ctx,
      garage.profile,
      givenMessage("sms", { identity: garage.phone, sender: { externalId: "60777", canBeAnswered: false } }),
    );
    expect(await sentTo(garage.orgId)).toEqual([]);
  });
});

describe("a person holds the conversation", () => {
  it("the AI is silent, even where its answer was already queued; handing back lets it answer again", async () => {
    const ctx = testContext(new Date());
    const garage = await givenGarage(sandbox.current(), ctx, CREDITS_FOR_A_WHILE);
    const advisor = await givenAdvisor(garage.orgId);
    await accept(ctx, garage.profile, givenMessage("sms", { identity: garage.phone }));
    const { id } = await conversationOf(garage.orgId);
    await takeOver(advisor, garage.orgId, id);
    await accept(ctx, garage.profile, givenMessage("sms", { identity: garage.phone }));
    await runJobs();
    expect(await sentTo(garage.orgId)).toEqual([]);
    expect(await aiRequests()).toBe(0);
    await handBack(advisor, garage.orgId, id);
    await runJobs();
    expect(await sentTo(garage.orgId)).toMatchObject([{ author: "ai" }]);
    await accept(ctx, garage.profile, givenMessage("sms", { identity: garage.phone }));
    await runJobs();
    expect(await sentTo(garage.orgId)).toMatchObject([{ author: "ai" }, { author: "ai" }]);
  });

  it("an AI answer that waits to be sent is withdrawn when somebody takes over first", async () => {
    const ctx = testContext(new Date());
    const garage = await givenGarage(sandbox.current(), ctx, CREDITS_FOR_A_WHILE);
    await accept(ctx, garage.profile, givenMessage("sms", { identity: garage.phone }));
    const { id } = await conversationOf(garage.orgId);
    const messageId = newId();
    await pool().query(
      `INSERT INTO message (org_id, id, conversation_id, channel, direction, author, type, body, source_key, status, at, received_at)
       VALUES ($1, $2, $3, 'sms', 'outbound', 'ai', 'text', 'Hello', 'answer:test', 'queued', now(), now())`,
      [garage.orgId, messageId, id],
    );
    await enqueue(pool(), "send-message", { orgId: garage.orgId, conversationId: id, messageId });
    await takeOver(await givenAdvisor(garage.orgId), garage.orgId, id);
    await runJobs();
    expect(await sentTo(garage.orgId)).toMatchObject([
      { author: "ai", status: "withdrawn", errorText: "taken-over" },
    ]);
  });

  it("a reply goes out once for its key, costs nothing, and belongs to this organisation's staff alone", async () => {
    const ctx = testContext(new Date());
    const garage = await givenGarage(sandbox.current(), ctx, 0);
    await accept(ctx, garage.profile, givenMessage("sms", { identity: garage.phone }));
    const { id } = await conversationOf(garage.orgId);
    const advisor = await givenAdvisor(garage.orgId);
    const input = { orgId: garage.orgId, conversationId: id, body: "It is ready.", key: "key-0001" };
    const twice = await Promise.all([reply(advisor, input), reply(advisor, input)]);
    expect(twice.map((outcome) => outcome?.kind).sort()).toEqual(["queued", "repeated"]);
    await runJobs();
    expect((await sentTo(garage.orgId)).filter((sent) => sent.author === "staff")).toHaveLength(1);
    expect((await readBalance(garage.orgId))?.balance).toBe(0n);
    await expect(reply(member(newId()), input)).rejects.toMatchObject({ code: "not_found" });
    const technician: Ctx = {
      ...advisor,
      actor: { kind: "member", userId: newId(), orgId: garage.orgId, role: "technician" },
    };
    await expect(reply(technician, input)).rejects.toMatchObject({ code: "forbidden" });
  });
});
