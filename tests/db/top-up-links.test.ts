import { afterAll, beforeEach, expect, it } from "vitest";
import { getTopUp } from "@/lib/billing/get-top-up";
import { listTopUpActivity } from "@/lib/billing/list-top-up-activity";
import { openTopUpLink } from "@/lib/billing/open-top-up-link";
import { reconcileTopUps } from "@/lib/billing/reconcile-top-ups";
import { disableTopUp } from "@/lib/billing/save-top-up";
import { changeSubscription } from "@/lib/credits/change-subscription";
import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { credits } from "@/lib/shared/money";
import { givenBuyer, givenMember, givenPack } from "../factories/buyer";
import { testContext } from "../factories/ledger";
import { balanceOf, startPayments } from "../factories/payments";
import { givenTopUp, topUpJobs, use } from "../factories/top-ups";

const payments = await startPayments();
const { control, stripe } = payments;
const ctx = testContext(new Date());
const STARTER = await givenPack("price_starter");
const HOUR_MS = 3_600_000;

beforeEach(async () => {
  ctx.travel(new Date());
  await payments.reset();
});
afterAll(payments.stop);

type TopUp = Awaited<ReturnType<typeof givenTopUp>>;

/** The bank has asked for the cardholder; the token that their mail has. */
async function askedFor(given: Parameters<typeof givenTopUp>[3] = {}) {
  const buyer = await givenTopUp(ctx, stripe, STARTER, { card: "4000002760003184", ...given });
  await use(ctx, buyer, 100);
  await topUpJobs(ctx, buyer);
  return { buyer, token: await tokenOf(buyer) };
}

async function tokenOf({ orgId }: TopUp): Promise<string> {
  const { rows } = await pool().query<{ url: string }>(
    "SELECT data->>'url' AS url FROM mail WHERE org_id = $1 AND letter = 'top-up-needs-authentication' ORDER BY id DESC LIMIT 1",
    [orgId],
  );
  return rows[0]?.url.split("/").at(-1) ?? "";
}

const open = ({ member, orgId }: TopUp, token: string) => openTopUpLink(member, orgId, token);

async function click(buyer: TopUp, token: string): Promise<{ readonly url: string }> {
  const opened = await open(buyer, token);
  if (opened.kind !== "checkout") throw new Error("the payment was made before");
  return opened;
}

const sessionAt = async (url: string) => {
  const session = (await stripe.list("sessions")).find((one) => one.url === url);
  if (!session) throw new Error("the link led to no session");
  return session.id;
};

const statusesOf = async ({ orgId }: TopUp) =>
  (
    await prisma().topUpAttempt.findMany({ where: { orgId }, orderBy: [{ claimedAt: "asc" }, { id: "asc" }] })
  ).map(({ via, status }) => [via, status]);

/** What the activity says of each confirmation, latest first; null where none was wanted. */
const confirmationsOf = async ({ member, orgId }: TopUp) =>
  (await listTopUpActivity({ ...member, now: ctx.now }, orgId)).attempts.map(
    ({ confirmation }) => confirmation,
  );

it("a bank that wants its cardholder: the payment is cancelled, and the owners get a link", async () => {
  const { buyer, token } = await askedFor();
  expect(
    (await stripe.list("paymentIntents", { customer: buyer.customer })).map(({ status }) => status),
  ).toEqual(["canceled"]);
  expect(token).toMatch(/^[\w-]{43}$/);
  const dto = await getTopUp(buyer.member, buyer.orgId);
  expect(dto).toMatchObject({ state: "needs_authentication", lastFailed: false });
  expect(dto.authenticationUrl?.split("/").at(-1)).toBe(token);
  const { rows } = await pool().query("SELECT token_hash FROM top_up_link WHERE org_id = $1", [buyer.orgId]);
  expect(JSON.stringify(rows)).not.toContain(token);
  expect(await confirmationsOf(buyer)).toEqual(["waiting"]);
  const manager = await givenMember(ctx, buyer.orgId, "manager");
  expect(await getTopUp(manager.member, buyer.orgId)).toMatchObject({ authenticationUrl: null });
});

it("while the link is live nothing is tried; after a day it is", async () => {
  const { buyer } = await askedFor();
  await topUpJobs(ctx, buyer);
  ctx.travel(new Date(ctx.now().getTime() + 23 * HOUR_MS));
  await topUpJobs(ctx, buyer);
  expect(await statusesOf(buyer)).toHaveLength(1);
  ctx.travel(new Date(ctx.now().getTime() + HOUR_MS));
  expect(await confirmationsOf(buyer)).toEqual(["ended"]);
  await topUpJobs(ctx, buyer);
  expect(await statusesOf(buyer)).toHaveLength(2);
  expect(await confirmationsOf(buyer)).toEqual(["waiting", "ended"]);
});

it("paying on the link grants the pack as auto top-up, once, and auto top-up goes on", async () => {
  const { buyer, token } = await askedFor({ monthlyLimitPence: 1_000 });
  const { url } = await click(buyer, token);
  expect(await click(buyer, token)).toMatchObject({ url });
  const session = await sessionAt(url);
  expect(await stripe.pay(session, { card: "4242424242424242" })).toMatchObject({ outcome: "paid" });
  await control.flush();
  await topUpJobs(ctx, buyer);
  expect(await balanceOf(buyer.orgId)).toBe(credits(1_050));
  expect(await statusesOf(buyer)).toEqual([
    ["charge", "needs_authentication"],
    ["link", "paid"],
  ]);
  expect(await confirmationsOf(buyer)).toEqual([null, "confirmed"]);
  expect(await prisma().creditPurchase.findMany({ where: { orgId: buyer.orgId } })).toMatchObject([
    { source: "auto_top_up" },
  ]);
  expect(await getTopUp(buyer.member, buyer.orgId)).toMatchObject({
    state: "limit_reached",
    monthPence: 1_000,
    authenticationUrl: null,
  });
  expect(await open(buyer, token)).toEqual({ kind: "paid" });
});

it("a page that was left unpaid is closed, and the link leads to another one within its day", async () => {
  const { buyer, token } = await askedFor();
  const { url } = await click(buyer, token);
  await stripe.expire(await sessionAt(url));
  const again = await click(buyer, token);
  expect(again.url).not.toBe(url);
  expect(await statusesOf(buyer)).toEqual([
    ["charge", "needs_authentication"],
    ["link", "withdrawn"],
    ["link", "open"],
  ]);
  expect(
    (await stripe.list("sessions", { customer: buyer.customer })).filter(({ status }) => status === "open"),
  ).toHaveLength(1);
});

it("a bank debit on that page keeps the attempt open until it fails; then the link leads to another page", async () => {
  const { buyer, token } = await askedFor();
  const { url } = await click(buyer, token);
  const outcome = await stripe.pay(await sessionAt(url), { card: "bacs_debit" });
  if (outcome.outcome !== "settles-later") throw new Error(outcome.outcome);
  const later = async () => {
    await control.flush();
    ctx.travel(new Date(ctx.now().getTime() + HOUR_MS));
    await reconcileTopUps(ctx);
  };
  await later();
  expect(await getTopUp(buyer.member, buyer.orgId)).toMatchObject({ state: "charging" });
  await expect(open(buyer, token)).rejects.toMatchObject({ message: expect.stringMatching(/on its way/) });
  await stripe.settle(outcome.paymentIntent, false);
  await later();
  expect(await statusesOf(buyer)).toEqual([
    ["charge", "needs_authentication"],
    ["link", "withdrawn"],
  ]);
  expect((await click(buyer, token)).url).not.toBe(url);
});

it("twenty clicks at once lead to one page", async () => {
  const { buyer, token } = await askedFor();
  const clicks = await Promise.all(Array.from({ length: 20 }, () => click(buyer, token)));
  expect(new Set(clicks.map(({ url }) => url)).size).toBe(1);
  expect(await statusesOf(buyer)).toHaveLength(2);
});

it("a link that has expired, was switched off, is somebody else's or none at all leads nowhere", async () => {
  const { buyer, token } = await askedFor();
  const stranger = await givenBuyer(ctx);
  await expect(openTopUpLink(stranger.member, stranger.orgId, token)).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(openTopUpLink(stranger.member, buyer.orgId, token)).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(click(buyer, "none")).rejects.toMatchObject({ code: "not_found" });
  const expired = { code: "not_found", message: "This link has expired. Nothing was charged." };
  const manager = await givenMember(ctx, buyer.orgId, "manager");
  await expect(openTopUpLink(manager.member, buyer.orgId, token)).rejects.toMatchObject({
    code: "forbidden",
  });
  await disableTopUp(buyer.member, buyer.orgId);
  await expect(click(buyer, token)).rejects.toMatchObject({
    code: "not_found",
    message: "Auto top-up has been switched off. Nothing was charged.",
  });
  const other = await askedFor();
  ctx.travel(new Date(ctx.now().getTime() + 24 * HOUR_MS));
  await expect(click(other.buyer, other.token)).rejects.toMatchObject(expired);
  await changeSubscription(ctx, { orgId: other.buyer.orgId, state: "past_due" });
  await expect(click(other.buyer, other.token)).rejects.toMatchObject(expired);
});

it("a live link of a garage whose subscription is unpaid says that this payment comes first", async () => {
  const { buyer, token } = await askedFor();
  await changeSubscription(ctx, { orgId: buyer.orgId, state: "past_due" });
  expect(await open(buyer, token)).toEqual({
    kind: "subscription",
    why: expect.stringMatching(/^Your subscription’s payment comes first\. /),
  });
  await changeSubscription(ctx, { orgId: buyer.orgId, state: "canceled" });
  expect(await open(buyer, token)).toMatchObject({ kind: "subscription" });
});

it("a link whose pack does not fit into the month’s limit says so in figures", async () => {
  const { buyer, token } = await askedFor({ monthlyLimitPence: 1_500 });
  await pool().query("UPDATE top_up SET monthly_limit_pence = 900 WHERE org_id = $1", [buyer.orgId]);
  await expect(click(buyer, token)).rejects.toMatchObject({
    message:
      "Another pack (£10.00) would go beyond your monthly limit of £9.00 (£0.00 spent). Raise the limit, or buy a pack yourself.",
  });
});

it("a bank that asks three times in a row pauses it", async () => {
  const { buyer } = await askedFor();
  for (let day = 0; day < 4; day++) {
    ctx.travel(new Date(ctx.now().getTime() + 24 * HOUR_MS));
    await topUpJobs(ctx, buyer);
  }
  expect(await statusesOf(buyer)).toHaveLength(3);
  expect(await getTopUp(buyer.member, buyer.orgId)).toMatchObject({ state: "paused", lastFailed: false });
});
