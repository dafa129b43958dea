import { expect, test } from "vitest";
import { failureOf, startStripe, stripeOf } from "./stripe-support";
import { SECRETS } from "./support";

const form = (
  sandbox: { url: string },
  path: string,
  body: string,
  headers: Record<string, string> = {},
  signal: AbortSignal | null = null,
) =>
  fetch(`${sandbox.url}/v1${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${SECRETS.stripeSecretKey}`,
      "content-type": "application/x-www-form-urlencoded",
      ...headers,
    },
    body,
    signal,
  });

test("an answer can be late, and says what was true when the request came", async () => {
  const { sandbox, stripe } = await startStripe();
  const { control } = sandbox;
  const { id } = await stripe.customers.create({ name: "Before" });
  const match = { route: "customers.retrieve" };
  await control.behave({ provider: "stripe", on: "rest", match, effect: { kind: "late-answer" } });
  const asked = stripe.customers.retrieve(id);
  await expect.poll(() => control.stripe.late()).toBe(1);
  await stripe.customers.update(id, { name: "After" });
  expect(await control.stripe.answerLate()).toBe(1);
  expect(await asked).toMatchObject({ name: "Before" });
  expect(await stripe.customers.retrieve(id)).toMatchObject({ name: "After" });
});

test("a customer is created, found, changed, listed and deleted", async () => {
  const { stripe } = await startStripe();
  const created = await stripe.customers.create({
    email: "owner@brightside.test",
    metadata: { organisation: "brightside", 0: "kept by its own key" },
  });
  expect(created).toMatchObject({
    object: "customer",
    metadata: { organisation: "brightside" },
    livemode: false,
  });
  expect(created.lastResponse.requestId).toMatch(/^req_/);
  const updated = await stripe.customers.update(created.id, {
    name: "Brightside",
    metadata: { organisation: "" },
  });
  expect(updated).toMatchObject({ name: "Brightside", email: "owner@brightside.test" });
  expect(updated.metadata).toEqual({ 0: "kept by its own key" });
  expect((await stripe.customers.list({ email: "owner@brightside.test" })).data).toHaveLength(1);
  await stripe.customers.del(created.id);
  expect(await stripe.customers.retrieve(created.id)).toMatchObject({ id: created.id, deleted: true });
  const gone = { statusCode: 404, code: "resource_missing" };
  expect(await failureOf(stripe.customers.update(created.id, { name: "Back" }))).toMatchObject(gone);
  expect(await failureOf(stripe.customers.retrieve("cus_nobody"))).toMatchObject(gone);
});

test("the demo's prices are there from the start and after a reset, in pence with VAT included", async () => {
  const { sandbox, stripe } = await startStripe();
  const pence = async () =>
    Promise.all(
      ["price_starter", "price_workshop", "price_fleet"].map(async (id) => {
        const { unit_amount, currency, tax_behavior, type } = await stripe.prices.retrieve(id);
        return [unit_amount, currency, tax_behavior, type];
      }),
    );
  const expected = [1_000, 4_500, 16_000].map((amount) => [amount, "gbp", "inclusive", "one_time"]);
  expect(await pence()).toEqual(expected);
  await sandbox.control.reset();
  expect(await pence()).toEqual(expected);
  const { product } = await stripe.prices.retrieve("price_fleet", { expand: ["product"] });
  expect(product).toMatchObject({ object: "product", name: "20,000 credits" });
});

test("without the secret key nothing is answered", async () => {
  const { sandbox } = await startStripe();
  const refused = await failureOf(stripeOf(sandbox, "sk_test_somebody_else").customers.list());
  expect(refused).toMatchObject({ type: "StripeAuthenticationError", statusCode: 401 });
  expect(refused.message).not.toContain("sk_test_somebody");
});

test("an unknown route is an error of Stripe's shape, which the SDK rejects", async () => {
  const { stripe } = await startStripe();
  const refused = await failureOf(stripe.coupons.list());
  expect(refused).toMatchObject({ statusCode: 404, type: "StripeInvalidRequestError" });
  expect(refused.message).toContain("Unrecognized request URL (GET: /v1/coupons)");
});

test("unknown, missing and wrong parameters are refused by name", async () => {
  const { sandbox, stripe } = await startStripe();
  const answer = async (body: string) => (await form(sandbox, "/payment_intents", body)).json();
  expect(await answer("amount=1000&currency=gbp&colour=red")).toMatchObject({
    error: { type: "invalid_request_error", code: "parameter_unknown", param: "colour" },
  });
  expect(await answer("currency=gbp")).toMatchObject({
    error: { code: "parameter_missing", param: "amount", message: "Missing required param: amount." },
  });
  expect(await answer("amount=ten&currency=gbp")).toMatchObject({
    error: { code: "parameter_invalid_integer", param: "amount" },
  });
  const nested = await form(sandbox, "/customers", "invoice_settings[colour]=red");
  expect(await nested.json()).toMatchObject({ error: { param: "invoice_settings[colour]" } });
  const missing = await failureOf(
    stripe.paymentIntents.create({ amount: 1_000, currency: "gbp", customer: "cus_no" }),
  );
  expect(missing).toMatchObject({ statusCode: 400, code: "resource_missing", param: "customer" });
});

test("the same key answers the same again, and says so", async () => {
  const { sandbox, stripe } = await startStripe();
  const options = { idempotencyKey: "attempt-1" };
  const first = await stripe.customers.create({ name: "Brightside" }, options);
  const again = await stripe.customers.create({ name: "Brightside" }, options);
  expect(again.id).toBe(first.id);
  expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
  expect(first.lastResponse.headers["idempotent-replayed"]).toBeUndefined();
  expect((await sandbox.control.stripe.counts()).customers).toBe(1);
  const other = await failureOf(stripe.customers.create({ name: "Lowfell" }, options));
  expect(other).toMatchObject({ statusCode: 400, type: "StripeIdempotencyError" });
});

test("a decline is kept for its key, a misunderstood request is not", async () => {
  const { sandbox, stripe } = await startStripe();
  const customer = await stripe.customers.create({ name: "Brightside" });
  const declined = () =>
    failureOf(
      stripe.paymentIntents.create(
        {
          amount: 1_000,
          currency: "gbp",
          customer: customer.id,
          payment_method: "pm_card_chargeDeclined",
          confirm: true,
        },
        { idempotencyKey: "attempt-1" },
      ),
    );
  expect((await declined()).payment_intent?.id).toBe((await declined()).payment_intent?.id);
  expect((await sandbox.control.stripe.counts()).charges).toBe(1);
  const key = { "idempotency-key": "attempt-2" };
  expect((await form(sandbox, "/payment_intents", "currency=gbp", key)).status).toBe(400);
  expect((await form(sandbox, "/payment_intents", "currency=gbp&amount=1000", key)).status).toBe(200);
});

test("a key that is in use is refused until its request is answered", async () => {
  const { sandbox, stripe } = await startStripe();
  const headers = { "idempotency-key": "attempt-1" };
  const slow = new AbortController();
  await sandbox.control.behave({ provider: "stripe", on: "rest", effect: { kind: "latency", ms: 600_000 } });
  const first = form(sandbox, "/customers", "name=Brightside", headers, slow.signal).catch(() => "gave up");
  await expect.poll(() => sandbox.control.count({ provider: "stripe" })).toBe(1);
  const create = () => stripe.customers.create({ name: "Brightside" }, { idempotencyKey: "attempt-1" });
  expect(await failureOf(create())).toMatchObject({ statusCode: 409, code: "idempotency_key_in_use" });
  slow.abort();
  expect(await first).toBe("gave up");
  await expect.poll(async () => (await sandbox.control.stripe.counts()).customers).toBe(1);
  expect((await create()).lastResponse.headers["idempotent-replayed"]).toBe("true");
});

test("a key is forgotten after a day", async () => {
  const { sandbox, stripe } = await startStripe();
  const create = () => stripe.customers.create({ name: "Brightside" }, { idempotencyKey: "attempt-1" });
  const first = await create();
  await sandbox.control.advance(25 * 3_600);
  expect((await create()).id).not.toBe(first.id);
});

test("a lost answer was carried out: the same key finds what it did", async () => {
  const { sandbox, stripe } = await startStripe();
  const create = () => stripe.customers.create({ name: "Brightside" }, { idempotencyKey: "attempt-1" });
  const lost = { provider: "stripe", on: "rest", match: { route: "customers.create" } } as const;
  // Twice, because the SDK itself tries once more when a connection closes.
  await sandbox.control.behave({ ...lost, times: 2, effect: { kind: "lost-answer" } });
  expect(await failureOf(create())).toMatchObject({ type: "StripeConnectionError" });
  await sandbox.control.behave({ ...lost, effect: { kind: "lost-answer", status: 503 } });
  expect(await failureOf(create())).toMatchObject({ statusCode: 503, type: "StripeAPIError" });
  const [brightside, ...others] = await sandbox.control.stripe.list("customers");
  expect(others).toEqual([]);
  expect((await create()).id).toBe(brightside?.id);
});

test("refusals can be scripted in Stripe's own words, for one route", async () => {
  const { sandbox, stripe } = await startStripe();
  const on = { provider: "stripe", on: "rest", match: { route: "prices.retrieve" } } as const;
  await sandbox.control.behave(
    { ...on, effect: { kind: "error", code: 429 } },
    { ...on, effect: { kind: "error", code: 500 } },
  );
  await stripe.prices.list();
  expect(await failureOf(stripe.prices.retrieve("price_fleet"))).toMatchObject({
    type: "StripeRateLimitError",
  });
  expect(await failureOf(stripe.prices.retrieve("price_fleet"))).toMatchObject({ type: "StripeAPIError" });
  await stripe.prices.retrieve("price_fleet");
});

test("lists are paged by cursor in both directions, and bounded by time", async () => {
  const { sandbox, stripe } = await startStripe();
  for (const name of ["a", "b", "c", "d", "e"]) await stripe.customers.create({ name });
  const names = ({ data }: { data: { name?: string | null }[] }) => data.map(({ name }) => name);
  const first = await stripe.customers.list({ limit: 2 });
  expect([names(first), first.has_more]).toEqual([["e", "d"], true]);
  const [, last] = first.data;
  const second = await stripe.customers.list({ limit: 3, starting_after: last?.id ?? "" });
  expect([names(second), second.has_more]).toEqual([["c", "b", "a"], false]);
  const back = await stripe.customers.list({ limit: 2, ending_before: second.data[0]?.id ?? "" });
  expect(names(back)).toEqual(["e", "d"]);
  const all: unknown[] = [];
  for await (const { name } of stripe.customers.list({ limit: 2 })) all.push(name);
  expect(all).toEqual(["e", "d", "c", "b", "a"]);
  await sandbox.control.advance(60);
  const late = await stripe.customers.create({ name: "late" });
  expect(names(await stripe.customers.list({ created: { gte: late.created } }))).toEqual(["late"]);
  expect(names(await stripe.customers.list({ created: { lt: late.created }, limit: 1 }))).toEqual(["e"]);
});

test("no id is ever given twice, not even after a reset", async () => {
  const { sandbox, stripe } = await startStripe();
  const before = await stripe.customers.create({ name: "Brightside" });
  await sandbox.control.reset();
  expect((await stripe.customers.create({ name: "Brightside" })).id).not.toBe(before.id);
});
