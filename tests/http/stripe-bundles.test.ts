import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { givenPack } from "../factories/buyer";
import { givenStaffedGarage, type StaffedGarage } from "../factories/shared-garage";
import { deliver, eventBody } from "../factories/stripe-events";
import { environmentOf, startSandbox } from "../sandbox/start-sandbox";
import { type RunningService, startApp } from "../support/app-process";
import { cloneDatabase } from "../support/database";
import { callAction } from "../support/server-action";
import { sessionCookie } from "../support/session-cookie";

// Routes and pages of the built application are bundles with copies of Stripe's SDK, of which the first that is asked
// makes the client. Whatever hangs on that shows in one of the two orders.
const { url: databaseUrl } = await cloneDatabase();
const sandbox = await startSandbox({ port: 0, smtpPort: 0, appUrl: "http://127.0.0.1:9" });
Object.assign(process.env, environmentOf(sandbox));
const { control } = sandbox;
const ctx = systemContext("test");
const pack = await givenPack("price_starter");
const CREATE = { route: "checkout.sessions.create" };

let app: RunningService;
let garage: StaffedGarage;
let cookie: string;
let garages = 0;

async function givenOwner(): Promise<void> {
  await control.reset();
  await control.settings({ delivery: "manual" });
  garages += 1;
  garage = await givenStaffedGarage(ctx);
  cookie = await sessionCookie(app.url, garage.owner, { address: `10.30.0.${garages}` });
}

const buyNow = (orgId = garage.orgId) =>
  callAction({ url: app.url, cookie, page: "/settings/billing" }, "startCheckout", [orgId, pack]);
const refused = { kind: "refused", message: "Checkout could not be started. Please try again in a moment." };
const payable = async () => (await control.stripe.list("sessions")).filter(({ status }) => status === "open");
const orders = () => prisma().creditOrder.count({ where: { orgId: garage.orgId } });
const webhook = () => `${app.url}/api/webhooks/stripe`;
const scripted = (times: number, effect: Parameters<typeof control.behave>[0]["effect"]) =>
  control.behave({ provider: "stripe", on: "rest", match: CREATE, times, effect });

afterAll(async () => {
  await sandbox.stop();
  await closePool();
});

describe.each(["a webhook", "a page"])("where %s asks for Stripe first,", (first) => {
  beforeAll(async () => {
    app = await startApp({ databaseUrl, env: environmentOf(sandbox) });
    await control.settings({ appUrl: app.url });
    if (first === "a webhook") expect(await deliver(webhook(), "{}", { header: null })).toBe(401);
    else {
      await givenOwner();
      expect(await buyNow()).toMatchObject({ kind: "redirect" });
    }
  });
  beforeEach(givenOwner);
  afterAll(() => app.stop());

  test("a delivery that is unsigned, forged, stale, altered or badly signed is 401", async () => {
    const body = eventBody("payment_intent.succeeded", { id: "pi_1" });
    const ofAnother = Stripe.webhooks.generateTestHeaderString({
      payload: "{}",
      secret: String(process.env.STRIPE_WEBHOOK_SECRET),
    });
    const signatures = [
      { header: null },
      { secret: "whsec_of_somebody_else" },
      { ageSeconds: 600 },
      { header: ofAnother },
      { header: `t=${Math.floor(Date.now() / 1_000)},v1=` },
      { header: "t=,v1" },
    ];
    for (const signed of signatures) expect(await deliver(webhook(), body, signed)).toBe(401);
    expect(await deliver(webhook(), "not json")).toBe(400);
  });

  test.each([
    ["checkout.session.completed", "cs_test_unknown"],
    ["payment_intent.succeeded", "pi_unknown"],
    ["customer.updated", "cus_unknown"],
  ])("%s about what Stripe does not know is 200, and kept", async (type, id) => {
    const event = `evt_${garage.slug.replace("-", "")}`;
    expect(await deliver(webhook(), eventBody(type, { id }, event))).toBe(200);
    expect(await prisma().providerEvent.count({ where: { provider: "stripe", id: event } })).toBe(1);
  });

  test("a session and a customer that Stripe has lost are replaced, and Checkout opens", async () => {
    await prisma().organization.update({ where: { id: garage.orgId }, data: { name: "Robin’s Autos 🚗" } });
    expect(await buyNow()).toMatchObject({ kind: "redirect" });
    await control.reset();
    const [again, session] = [await buyNow(), (await payable())[0]];
    expect(again).toEqual({ kind: "redirect", url: session?.url });
    expect((await control.stripe.list("customers")).map(({ name }) => name)).toEqual(["Robin’s Autos 🚗"]);
  });

  test("a busy Stripe, or one whose answer is lost, keeps order and key: one click is one session", async () => {
    const busy = { error: { type: "invalid_request_error", code: "rate_limit", message: "Too many." } };
    await scripted(3, { kind: "http", status: 429, body: busy });
    expect(await buyNow()).toMatchObject(refused);
    await control.clearBehaviours();
    await scripted(3, { kind: "lost-answer", status: 500 });
    expect(await buyNow()).toMatchObject(refused);
    expect(await buyNow()).toMatchObject({ kind: "redirect" });
    expect([await orders(), (await control.stripe.counts()).sessions]).toEqual([1, 1]);
  });

  test("two tabs while Stripe takes its time, and then a third, have one payable session", async () => {
    await scripted(1, { kind: "latency", ms: 5_000 });
    await Promise.all([buyNow(), buyNow()]);
    const third = await buyNow();
    const open = await payable();
    expect(open.map(({ url }) => ({ kind: "redirect", url }))).toEqual([third]);
    expect(await orders()).toBe(1);
  });

  test("nothing is bought for a garage that the page does not show", async () => {
    const shown = await givenStaffedGarage(ctx);
    expect(await buyNow(shown.orgId)).toMatchObject({ kind: "refused" });
    expect((await control.stripe.counts()).sessions).toBe(0);
  });
});
