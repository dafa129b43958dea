import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as activity } from "@/app/api/credits/top-up/activity/route";
import { GET, PUT } from "@/app/api/credits/top-up/route";
import { newId } from "@/lib/shared/ids";
import { type Buyer, givenBuyer, givenMember, givenPack } from "../factories/buyer";
import { testContext } from "../factories/ledger";
import { startPayments } from "../factories/payments";
import { givenSession } from "../factories/session";
import { confirmed, giveCard } from "../factories/top-ups";

const payments = await startPayments();
const ctx = testContext(new Date());
const STARTER = await givenPack("price_starter");
const URL = "http://app.test/api/credits/top-up";

let buyer: Buyer;
let cookie: string;
beforeAll(async () => {
  await payments.reset();
  buyer = await givenBuyer(ctx);
  await giveCard(ctx, payments.stripe, buyer.orgId);
  cookie = await cookieOf(buyer.member.actor.userId);
});
afterAll(payments.stop);

const cookieOf = async (userId: string): Promise<string> => (await givenSession({ userId })).cookie;

const put = (body: unknown, headers: Record<string, string> = { cookie }) =>
  PUT(
    new Request(URL, {
      method: "PUT",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    }),
  );

const read = async (answer: Promise<Response>) => {
  const response = await answer;
  return [response.status, await response.json()] as const;
};

it("is switched on by the words agreed to alone, changed, and switched off", async () => {
  const { confirmed: words, ...terms } = await confirmed(STARTER, { monthlyLimitPence: 2_000 });
  const wish = { enabled: true, ...terms };
  const refused = await read(put({ ...wish, confirmed: "yes" }));
  expect(refused).toMatchObject([409, { error: { code: "conflict", field: "confirmed" } }]);
  expect(await read(put(wish))).toMatchObject([400, { error: { field: "confirmed" } }]);
  expect(await read(put({ ...wish, confirmed: words }))).toEqual([
    200,
    { kind: "enabled", message: "Auto top-up enabled successfully" },
  ]);
  const [status, shown] = await read(GET(new Request(URL, { headers: { cookie } })));
  expect([status, shown]).toMatchObject([
    200,
    { enabled: true, threshold: 100, monthlyLimitPence: 2_000, version: 1, confirmation: { words } },
  ]);
  expect(await read(activity(new Request(`${URL}/activity`, { headers: { cookie } })))).toEqual([
    200,
    { attempts: [] },
  ]);
  expect(await read(put({ enabled: false }))).toEqual([
    200,
    { kind: "disabled", message: "Auto top-up disabled" },
  ]);
});

it.each([
  ["a threshold in words", { threshold: "ten" }, "threshold"],
  ["a threshold below 10", { threshold: 9 }, "threshold"],
  ["a pack that is no id", { packId: "starter" }, "packId"],
  ["a pack that is gone", { packId: newId() }, "packId"],
  ["a threshold above the pack", { threshold: 1_001 }, "threshold"],
  ["half a credit", { threshold: 10.5 }, "threshold"],
  ["no threshold", { threshold: undefined }, "threshold"],
  ["no pack", { packId: undefined }, "packId"],
  ["a limit below the pack's price", { monthlyLimitPence: 1 }, "monthlyLimitPence"],
  ["a limit in words", { monthlyLimitPence: "£20" }, "monthlyLimitPence"],
  ["a limit below nothing", { monthlyLimitPence: -1_000 }, "monthlyLimitPence"],
  ["words without an end", { confirmed: "yes ".repeat(1_000) }, "confirmed"],
  ["a version that cannot be", { version: -1 }, "version"],
  ["neither on nor off", { enabled: "yes" }, "enabled"],
])("%s is refused at its field, in words, and nothing is saved", async (_, fault, field) => {
  // Each member's tries are counted.
  const { member } = await givenMember(ctx, buyer.orgId, "owner");
  const headers = { cookie: await cookieOf(member.actor.userId) };
  const before = await read(GET(new Request(URL, { headers })));
  const wish = { enabled: true, ...(await confirmed(STARTER)), ...fault };
  expect(await read(put(wish, headers))).toMatchObject([
    400,
    { error: { code: "invalid_input", field, message: expect.stringMatching(/^[A-Z].{10,}/) } },
  ]);
  expect(await read(GET(new Request(URL, { headers })))).toEqual(before);
});

it("asks for sign-in, the permission and a page of our own", async () => {
  const wish = { enabled: false };
  expect((await put(wish, {})).status).toBe(401);
  const manager = await givenMember(ctx, buyer.orgId, "manager");
  expect((await put(wish, { cookie: await cookieOf(manager.member.actor.userId) })).status).toBe(403);
  expect((await put(wish, { cookie, origin: "https://elsewhere.test" })).status).toBe(403);
});

it("however often somebody has saved, they can switch it off", async () => {
  const owner = await givenMember(ctx, buyer.orgId, "owner");
  const headers = { cookie: await cookieOf(owner.member.actor.userId) };
  const wish = { enabled: true, ...(await confirmed(STARTER)) };
  const statuses = await Promise.all(
    Array.from({ length: 12 }, async () => (await put(wish, headers)).status),
  );
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
  expect(await read(put({ enabled: false }, headers))).toMatchObject([200, { kind: "disabled" }]);
});
