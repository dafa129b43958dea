import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { getTopUp } from "@/lib/billing/get-top-up";
import { openTopUpLink } from "@/lib/billing/open-top-up-link";
import { reconcileTopUps } from "@/lib/billing/reconcile-top-ups";
import { disableTopUp, saveTopUp } from "@/lib/billing/save-top-up";
import { findDrift } from "@/lib/credits/store/reconcile";
import { prisma } from "@/lib/db/prisma";
import { watchBalance } from "@/lib/jobs/watch-balance";
import { credits } from "@/lib/shared/money";
import { givenPack } from "../factories/buyer";
import { runJobs } from "../factories/jobs";
import { testContext } from "../factories/ledger";
import { balanceOf, startPayments } from "../factories/payments";
import { confirmed, giveCard, givenTopUp, topUpJobs, use } from "../factories/top-ups";

// The page at Stripe to which a link has led: a way back to it while it can be paid, and none after its link has ended.
const payments = await startPayments();
const { control, stripe } = payments;
const ctx = testContext(new Date());
const STARTER = await givenPack("price_starter");
const FLEET = await givenPack("price_fleet");
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

beforeEach(async () => {
  ctx.travel(new Date());
  await payments.reset();
});
afterAll(payments.stop);

type TopUp = Awaited<ReturnType<typeof givenTopUp>>;

/** The bank asked for the cardholder so long ago, and they have just clicked the link: the page that it led to. */
async function clicked(agoMs = 0) {
  ctx.travel(new Date(Date.now() - agoMs));
  const buyer = await givenTopUp(ctx, stripe, FLEET, { card: "4000002760003184" });
  await use(ctx, buyer, 100);
  await topUpJobs(ctx, buyer);
  const token = (await getTopUp(buyer.member, buyer.orgId)).authenticationUrl?.split("/").at(-1) ?? "";
  ctx.travel(new Date());
  const click = () => openTopUpLink(buyer.member, buyer.orgId, token);
  const page = await click();
  const session = (await stripe.list("sessions")).find(
    (one) => page.kind === "checkout" && one.url === page.url,
  );
  if (!session) throw new Error("the link led to no session");
  return {
    buyer,
    click,
    page,
    session: session.id,
    pay: () => stripe.pay(session.id, { card: "4242424242424242" }),
  };
}

const attemptsOf = async ({ orgId }: TopUp) =>
  (
    await prisma().topUpAttempt.findMany({ where: { orgId }, orderBy: [{ claimedAt: "asc" }, { id: "asc" }] })
  ).map(({ via, pricePence, status, reason }) => [via, pricePence, status, reason]);

const openSessions = async ({ customer }: TopUp) =>
  (await stripe.list("sessions", { customer })).filter(({ status }) => status === "open");

const save = async ({ member, orgId }: TopUp) => saveTopUp(member, orgId, await confirmed(STARTER));
const switchOff = ({ member, orgId }: TopUp) => disableTopUp(member, orgId);

const ASKED = ["charge", FLEET.pricePence, "needs_authentication", null];

it("a page that was left unpaid has a way back from the card, which says that the bank waits", async () => {
  const { buyer, click, page } = await clicked();
  const dto = await getTopUp(buyer.member, buyer.orgId);
  expect(dto).toMatchObject({ state: "needs_authentication", authenticationUrl: expect.any(String) });
  expect(dto.stateText).toMatch(/^Your bank asks you to confirm the payment of £160\.00 for price_fleet, /);
  expect(await click()).toEqual(page);
});

describe.each([
  [
    "saved anew",
    save,
    "terms_changed",
    "Auto top-up has been changed, which ended this link. Nothing was charged.",
  ],
  ["switched off", switchOff, "switched_off", "Auto top-up has been switched off. Nothing was charged."],
] as const)("%s while a page is open", (_, change, reason, ended) => {
  it("the page cannot be paid any more, and its attempt has ended", async () => {
    const { buyer, click, pay } = await clicked();
    await change(buyer);
    await runJobs();
    expect((await attemptsOf(buyer)).slice(0, 2)).toEqual([
      ASKED,
      ["link", FLEET.pricePence, "withdrawn", reason],
    ]);
    expect(await openSessions(buyer)).toEqual([]);
    expect(await pay()).toMatchObject({ outcome: "closed" });
    await expect(click()).rejects.toMatchObject({ message: ended });
  });

  it("also where the link is opened before any job runs", async () => {
    const { buyer, click } = await clicked();
    await change(buyer);
    await expect(click()).rejects.toMatchObject({ message: ended });
    expect(await openSessions(buyer)).toEqual([]);
  });

  it("what was paid meanwhile is granted once, and the link says so", async () => {
    const { buyer, click, pay } = await clicked();
    await change(buyer);
    await pay();
    expect(await click()).toEqual({ kind: "paid" });
    await runJobs();
    await control.flush();
    expect(await balanceOf(buyer.orgId)).toBe(credits(50 + FLEET.credits));
    expect(await attemptsOf(buyer)).toEqual([ASKED, ["link", FLEET.pricePence, "paid", null]]);
    expect(await click()).toEqual({ kind: "paid" });
    expect(await findDrift(buyer.orgId)).toEqual([]);
  });

  it("while Stripe is away nothing is said to be over, and reconciliation closes the page later", async () => {
    const { buyer, click } = await clicked();
    const away = { kind: "http", status: 503 } as const;
    await control.behave({ provider: "stripe", on: "rest", match: {}, times: null, effect: away });
    await change(buyer);
    await expect(click()).rejects.toMatchObject({ code: "unavailable" });
    await control.clearBehaviours();
    ctx.travel(new Date(ctx.now().getTime() + 3 * MINUTE_MS));
    await reconcileTopUps(ctx);
    expect(await openSessions(buyer)).toEqual([]);
    expect((await attemptsOf(buyer))[1]).toEqual(["link", FLEET.pricePence, "withdrawn", reason]);
  });
});

it("saved anew with a page open, the new terms are charged at once", async () => {
  const { buyer } = await clicked();
  await giveCard(ctx, stripe, buyer.orgId);
  await save(buyer);
  await runJobs();
  expect((await attemptsOf(buyer)).at(-1)).toEqual(["charge", STARTER.pricePence, "paid", null]);
  expect(await balanceOf(buyer.orgId)).toBe(credits(50 + STARTER.credits));
});

describe("a page that was opened in the last minutes of its link", () => {
  const almostADay = 24 * HOUR_MS - 5 * MINUTE_MS;
  const later = () => ctx.travel(new Date(ctx.now().getTime() + 5 * MINUTE_MS));

  it("is closed before the link is said to have expired", async () => {
    const { buyer, click, pay } = await clicked(almostADay);
    later();
    await expect(click()).rejects.toMatchObject({ message: "This link has expired. Nothing was charged." });
    expect(await pay()).toMatchObject({ outcome: "closed" });
    expect((await attemptsOf(buyer))[1]).toEqual(["link", FLEET.pricePence, "withdrawn", "not_paid"]);
  });

  it("is closed by the look that the link's end was waiting for", async () => {
    const { buyer, pay } = await clicked(almostADay);
    later();
    await watchBalance(ctx, buyer.orgId);
    await runJobs();
    expect(await pay()).toMatchObject({ outcome: "closed" });
    expect((await attemptsOf(buyer))[1]).toEqual(["link", FLEET.pricePence, "withdrawn", "not_paid"]);
  });

  it("paid before anybody looked, it is granted, and the link says so", async () => {
    const { buyer, click, pay } = await clicked(almostADay);
    later();
    await pay();
    expect(await click()).toEqual({ kind: "paid" });
    expect(await balanceOf(buyer.orgId)).toBe(credits(50 + FLEET.credits));
  });
});
