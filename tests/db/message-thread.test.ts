// A thread in parts: what is new to its reader, what stands earlier, and what came too late.
import { describe, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { getConversation, getEarlier } from "@/lib/inbox/get-conversation";
import { knownFor } from "@/lib/inbox/list-canned-responses";
import { markRead } from "@/lib/inbox/mark-read";
import { newId } from "@/lib/shared/ids";
import { givenDesk } from "../factories/message-desk";
import { accept, startedSandbox } from "../factories/message-garage";
import { givenMessage } from "../factories/messages";

const sandbox = startedSandbox();
const HOUR_MS = 3_600_000;

describe("earlier messages", () => {
  it("come in parts without a gap, each with the events that stand among them", async () => {
    const { orgId, id, ann, mechanic } = await givenDesk(sandbox.current());
    const [first] = (await getConversation(ann, orgId, id)).messages;
    // 250 older than the one there is; two pairs share a moment at the pages' edges.
    await pool().query(
      `INSERT INTO message (org_id, id, conversation_id, channel, direction, author, type, body, at, received_at)
       SELECT org_id, gen_random_uuid(), conversation_id, channel, direction, author, type, n::text,
              at - interval '1 minute' * (n / 2), received_at
       FROM message, generate_series(2, 251) AS n WHERE org_id = $1 AND id = $2`,
      [orgId, first?.id],
    );
    await pool().query(
      `INSERT INTO conversation_event (org_id, id, conversation_id, kind, at)
       SELECT org_id, gen_random_uuid(), conversation_id, 'reopened', at FROM message
       WHERE org_id = $1 AND body IN ('2', '150', '251')`,
      [orgId],
    );
    const latest = await getConversation(ann, orgId, id);
    expect([latest.messages.length, latest.events.length, latest.earlier]).toEqual([100, 1, true]);
    const next = await getEarlier(ann, orgId, id, String(latest.messages[0]?.id));
    expect([next.messages.length, next.events.length, next.earlier]).toEqual([100, 1, true]);
    const last = await getEarlier(ann, orgId, id, String(next.messages[0]?.id));
    expect([last.messages.length, last.events.length, last.earlier]).toEqual([52, 1, false]);
    const all = [...last.messages, ...next.messages, ...latest.messages];
    expect(new Set(all.map(({ id: one }) => one)).size).toBe(252);
    const times = all.map(({ at }) => at);
    expect(times).toEqual([...times].sort());

    const other = await givenDesk(sandbox.current());
    const before = String(latest.messages[0]?.id);
    await expect(getEarlier(other.ann, other.orgId, id, before)).rejects.toMatchObject({ code: "not_found" });
    await expect(getEarlier(other.ann, orgId, id, before)).rejects.toMatchObject({ code: "not_found" });
    await expect(getEarlier(mechanic, orgId, id, before)).rejects.toMatchObject({ code: "forbidden" });
    await expect(getEarlier(ann, orgId, id, newId())).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("what is new", () => {
  it("begins with the first message after what this reader has read, and is another's own", async () => {
    const { orgId, id, write, ann, bob } = await givenDesk(sandbox.current());
    const first = await getConversation(ann, orgId, id);
    expect(first.newFrom).toBeNull();
    await markRead(ann, orgId, id, new Date(String(first.readTo)));
    await write("Are you there?");
    await write("Hello?");
    const { messages, newFrom } = await getConversation(ann, orgId, id);
    expect(messages.find(({ id: one }) => one === newFrom)?.body).toBe("Are you there?");
    expect((await getConversation(bob, orgId, id)).newFrom).toBeNull();
  });
});

describe("a WhatsApp message that came after its 24-hour window", () => {
  it("says so, where nothing was sent by itself; one that came in time does not", async () => {
    const { ctx, garage, orgId, ann } = await givenDesk(sandbox.current());
    const from = { identity: garage.identity };
    const at = (hours: number) => new Date(Date.now() - hours * HOUR_MS);
    ctx.travel(new Date());
    await accept(ctx, garage.profile, givenMessage("whatsapp", { ...from, body: "Late", at: at(25) }));
    await accept(ctx, garage.profile, givenMessage("whatsapp", { ...from, body: "In time", at: at(1) }));
    const { rows } = await pool().query<{ id: string }>(
      "SELECT id FROM conversation WHERE org_id = $1 AND channel = 'whatsapp'",
      [orgId],
    );
    const { messages } = await getConversation(ann, orgId, String(rows[0]?.id));
    const ofCustomer = messages.filter(({ author }) => author === "customer");
    expect(ofCustomer.map(({ body, late }) => [body, late])).toEqual([
      ["Late", true],
      ["In time", false],
    ]);
  });
});

it("what fills in a canned response is what the garage knows of whom it writes to, and no other garage's", async () => {
  const { orgId, id, ann, garage } = await givenDesk(sandbox.current());
  expect(await knownFor(ann, orgId, id)).toEqual({
    firstName: null,
    garage: garage.profile.name,
    vehicle: null,
  });
  await pool().query("UPDATE contact SET name = 'Chloe Bennett' WHERE org_id = $1", [orgId]);
  expect(await knownFor(ann, orgId, id)).toMatchObject({ firstName: "Chloe" });
  const other = await givenDesk(sandbox.current());
  await expect(knownFor(other.ann, other.orgId, id)).rejects.toMatchObject({ code: "not_found" });
});
