import { afterAll, describe, expect, test, vi } from "vitest";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { findGarage } from "@/lib/garage/find-garage";
import { noteReached } from "@/lib/garage/note-reached";
import { linesOf } from "@/lib/garage/own-lines";
import { claimMessage } from "@/lib/inbox/claim-message";
import { newId } from "@/lib/shared/ids";
import { allFinished } from "@/lib/shared/unfinished";
import { assignLine } from "@/lib/support/assign-line";
import { moveLine } from "@/lib/support/move-line";
import { creditsCli } from "../factories/credits-cli";
import { asMember, asSupport, testContext } from "../factories/ledger";
import { accept } from "../factories/message-garage";
import { givenMessage } from "../factories/messages";
import { givenOrganisation } from "../factories/organisation";
import { assistantRequest } from "../factories/vapi";
import { deliver } from "../factories/voice-delivery";

afterAll(closePool);

const ctx = testContext(new Date("2026-11-26T10:00:00Z"));
const support = asSupport(ctx);

let serial = 0;
const freeNumber = (): string => `+44113498${String(++serial).padStart(4, "0")}`;
/** The clock by which what a process knows of lines goes stale. */
function letLinesGoStale(): void {
  const now = performance.now();
  vi.spyOn(performance, "now").mockReturnValue(now + 60_000);
}
const answerOf = async (called: string) => {
  letLinesGoStale();
  const { assistant } = await deliver(ctx, assistantRequest({ id: newId(), called }));
  return (assistant as { metadata: { isFallback: boolean } }).metadata.isFallback ? "static" : "garage";
};
const connect = (channel: string, identity: string) =>
  pool().query(
    `UPDATE channel_number SET connected_at = now() WHERE channel = $1::channel AND (identity = $2 OR alias_of = $2)`,
    [channel, identity],
  );

describe("line assign", () => {
  test("gives a garage a line that serves nobody until it is connected, with its reason in the audit", async () => {
    const garage = await givenOrganisation(ctx, { purchased: 100 });
    const number = freeNumber();
    const { code, said } = await creditsCli(
      ...["line", "assign", garage.slug, "voice", number.replace("+44", "0"), "--id", `id-${number}`],
      ...["--reason", "Ported from BT"],
    );
    expect([code, said]).toEqual([
      0,
      `${garage.name} has voice ${number}. It serves once they connect it in Settings > Channels.`,
    ]);
    const line = (await linesOf(ctx, garage.orgId)).find(({ identity }) => identity === number);
    expect(line).toMatchObject({ number, providerId: `id-${number}`, connectedAt: null, reachedAt: null });
    expect(await answerOf(number)).toBe("static");
    await connect("voice", number);
    expect(await answerOf(number)).toBe("garage");
    expect(await prisma().auditAct.findMany({ where: { orgId: garage.orgId } })).toMatchObject([
      {
        actor: "support:cli",
        action: "line/assigned",
        reason: "Ported from BT",
        after: { connected: false },
      },
    ]);
  });

  test("a text or a WhatsApp to an assigned line is nobody's, and is theirs once it is connected", async () => {
    const garage = await givenOrganisation(ctx, {});
    const [number, meta] = [freeNumber(), `9${Date.now()}`];
    await creditsCli("line", "assign", garage.slug, "sms", number);
    await creditsCli(
      "line",
      "assign",
      garage.slug,
      "whatsapp",
      meta,
      "--number",
      number,
      "--account",
      "2001",
    );
    expect(await findGarage(ctx, "sms", number)).toBeUndefined();
    expect(await findGarage(ctx, "whatsapp", meta)).toBeUndefined();
    await connect("sms", number);
    expect(await findGarage(ctx, "sms", number)).toMatchObject({ orgId: garage.orgId });
    expect(await linesOf(ctx, garage.orgId)).toEqual(
      expect.arrayContaining([expect.objectContaining({ identity: meta, number, accountId: "2001" })]),
    );
  });

  test("of many garages that are given one number at once, exactly one has it", async () => {
    const garages = await Promise.all([1, 2, 3, 4, 5].map(() => givenOrganisation(ctx, {})));
    const number = freeNumber();
    const tries = await Promise.allSettled(
      garages.map(({ orgId }) =>
        assignLine(support, {
          ...{ orgId, channel: "voice", identity: number, providerId: `race-${number}`, number: null },
          ...{ accountId: null, key: newId(), reason: "race" },
        }),
      ),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of tries)
      if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "conflict" });
    const { rows } = await pool().query(
      "SELECT DISTINCT org_id FROM channel_number WHERE identity = ANY ($1)",
      [[number, `race-${number}`]],
    );
    expect(rows).toHaveLength(1);
  });

  test("an id that another line has is refused, and nothing is assigned", async () => {
    const garage = await givenOrganisation(ctx, {});
    const other = await givenOrganisation(ctx, {});
    const number = freeNumber();
    const { code, complaint } = await creditsCli(
      ...["line", "assign", garage.slug, "voice", number, "--id", other.vapiNumberId],
    );
    expect([code, complaint]).toEqual([
      1,
      `Another garage has the line voice ${other.vapiNumberId}: \`line move\` gives it to this one.`,
    ]);
    expect(await prisma().channelNumber.count({ where: { identity: number } })).toBe(0);
  });

  test("the database itself refuses an alias that is another garage's", async () => {
    const [garage, other] = [await givenOrganisation(ctx, {}), await givenOrganisation(ctx, {})];
    await expect(
      prisma().channelNumber.create({
        data: { channel: "sms", identity: `MG${newId()}`, orgId: garage.orgId, aliasOf: other.phone },
      }),
    ).rejects.toThrow(/channel_number_alias_of_fkey/);
  });

  test.each([
    [["line"], "assign, move, take or list"],
    [["line", "lend", "x", "voice", "+441134980000"], "assign, move, take or list"],
    [["line", "assign", "x", "pigeon", "+441134980000"], "A channel is voice, whatsapp or sms"],
    [["line", "assign", "x", "voice", "12"], "is not a telephone number"],
    [["line", "assign", "x", "whatsapp", "+441134980000"], "Meta's id"],
    [["line", "assign", "x", "sms", "+441134980000", "--id", "PN1"], "Messaging Service"],
    [["line", "list", "x", "voice"], "one argument too many"],
  ])("%j is refused", async (argv, why) => {
    const { code, complaint } = await creditsCli(...argv);
    expect([code, complaint]).toEqual([2, expect.stringContaining(why)]);
  });
});

describe("line move", () => {
  test("ends the first garage's use at once, says what stays there, and leaves the second to connect it", async () => {
    const [from, to] = [await givenOrganisation(ctx, { purchased: 9 }), await givenOrganisation(ctx, {})];
    const asked = ["line", "move", to.slug, "whatsapp", from.whatsAppNumberId] as const;
    const profile = { orgId: from.orgId, name: from.name, phone: null, portalUrl: null };
    await accept(
      ctx,
      profile,
      givenMessage("whatsapp", {
        identity: from.whatsAppNumberId,
        at: new Date(ctx.now().getTime() - 60_000),
      }),
    );
    const { code, said } = await creditsCli(...asked, "--key", "once");
    expect([code, said]).toEqual([
      0,
      [
        `${to.name} has whatsapp ${from.whatsAppNumberId}, and has to connect it.`,
        `${from.name} keeps 1 conversation that came by it, 1 of them with an open window. ` +
          "They can be read; nothing more can be sent in them.",
      ].join("\n"),
    ]);
    letLinesGoStale();
    expect(await findGarage(ctx, "whatsapp", from.whatsAppNumberId)).toBeUndefined();
    await connect("whatsapp", from.whatsAppNumberId);
    expect(await findGarage(ctx, "whatsapp", from.whatsAppNumberId)).toMatchObject({ orgId: to.orgId });
    const { rows } = await pool().query<{ id: string }>(
      `INSERT INTO message (org_id, id, conversation_id, channel, direction, author, type, body, source_key, status, at, received_at)
       SELECT org_id, gen_random_uuid(), conversation_id, channel, 'outbound', 'staff', 'text', 'Ready', 'x', 'queued', at, at
       FROM message WHERE org_id = $1 AND direction = 'inbound' RETURNING id`,
      [from.orgId],
    );
    expect(await claimMessage(ctx, from.orgId, rows[0]?.id ?? "")).toEqual({
      kind: "refused",
      reason: "line-gone",
    });
    const acts = await prisma().auditAct.findMany({ where: { orgId: { in: [from.orgId, to.orgId] } } });
    expect(acts.map(({ orgId, action }) => [orgId, action]).sort()).toEqual(
      [
        [from.orgId, "line/taken"],
        [to.orgId, "line/assigned"],
      ].sort(),
    );
    expect((await creditsCli(...asked, "--key", "once")).said).toMatch(/nothing changed/);
  });

  test("a voice line goes with its provider's id", async () => {
    const [from, to] = [await givenOrganisation(ctx, { purchased: 9 }), await givenOrganisation(ctx, {})];
    expect(await answerOf(from.phone)).toBe("garage");
    await creditsCli("line", "move", to.slug, "voice", from.phone);
    expect(await answerOf(from.phone)).toBe("static");
    expect(await linesOf(ctx, to.orgId)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ identity: from.phone, providerId: from.vapiNumberId, connectedAt: null }),
      ]),
    );
  });

  test("of two moves at once each finds the line where the other left it", async () => {
    const [from, one, two] = await Promise.all([1, 2, 3].map(() => givenOrganisation(ctx, {})));
    const line = { channel: "sms", identity: from?.phone ?? "", reason: "race" } as const;
    const moves = await Promise.all(
      [one, two].map((to) => moveLine(support, { ...line, key: newId(), to: to?.orgId ?? "" })),
    );
    const froms = moves.map((move) => (move.kind === "moved" ? move.from : ""));
    expect(froms).toContain(from?.orgId);
    expect(froms.some((orgId) => orgId === one?.orgId || orgId === two?.orgId)).toBe(true);
  });
});

test("line take leaves the line with nobody, and is refused for a line of another garage", async () => {
  const [garage, other] = [await givenOrganisation(ctx, {}), await givenOrganisation(ctx, {})];
  expect(await creditsCli("line", "take", other.slug, "voice", garage.phone)).toMatchObject({ code: 1 });
  expect((await creditsCli("line", "take", garage.slug, "voice", garage.phone)).said).toContain(
    `Nobody has voice ${garage.phone} now.`,
  );
  expect(await prisma().channelNumber.count({ where: { identity: garage.vapiNumberId } })).toBe(0);
  expect((await creditsCli("line", "take", garage.slug, "voice", garage.phone)).complaint).toContain(
    "Nobody has",
  );
});

test("line list tells which lines are connected", async () => {
  const garage = await givenOrganisation(ctx, {});
  await creditsCli("line", "assign", garage.slug, "sms", freeNumber());
  const { said } = await creditsCli("line", "list", garage.slug);
  expect(said.split("\n").map((row) => row.split(/ +/).slice(1, 4).join(" "))).toEqual([
    `voice ${garage.phone} connected`,
    `whatsapp ${garage.whatsAppNumberId} connected`,
    `sms ${garage.phone} connected`,
    expect.stringMatching(/^sms \+44113498\d{4} assigned$/),
  ]);
});

test("nobody but support assigns, and a member is refused", async () => {
  const garage = await givenOrganisation(ctx, {});
  const act = { channel: "sms", identity: freeNumber(), key: "k", reason: "mine" } as const;
  await expect(moveLine(asMember(ctx, garage.orgId), { ...act, to: garage.orgId })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("deliveries note when a line was reached once a minute, however many come", async () => {
  vi.restoreAllMocks();
  const garage = await givenOrganisation(ctx, {});
  const reachedAt = async () =>
    (await linesOf(ctx, garage.orgId)).find(({ channel }) => channel === "voice")?.reachedAt;
  const note = async (at: string) => {
    ctx.travel(new Date(at));
    noteReached(ctx, "voice", [garage.vapiNumberId, "unknown"]);
    await allFinished();
  };
  await note("2026-11-26T10:00:05Z");
  await note("2026-11-26T10:00:40Z");
  expect(await reachedAt()).toEqual(new Date("2026-11-26T10:00:05Z"));
  letLinesGoStale();
  await note("2026-11-26T10:01:40Z");
  expect(await reachedAt()).toEqual(new Date("2026-11-26T10:01:40Z"));
});
