import { POST as stripeWebhook } from "@/app/api/webhooks/stripe/route";
import { buyPack, type ShownPack } from "@/lib/billing/buy-pack";
import { closePool, pool } from "@/lib/db/pool";
import { environmentOf, startSandbox } from "../sandbox/start-sandbox";
import { serveRoutes } from "../support/serve-routes";
import type { Buyer } from "./buyer";

/** The application's Stripe webhook and the local Stripe, each meeting the other over HTTP. Events wait for a flush. */
export async function startPayments() {
  const app = await serveRoutes({ "POST /api/webhooks/stripe": stripeWebhook });
  const sandbox = await startSandbox({ port: 0, smtpPort: 0, appUrl: app.url });
  Object.assign(process.env, environmentOf(sandbox), { APP_URL: app.url });
  const { control } = sandbox;
  return {
    control,
    stripe: control.stripe,
    webhookUrl: `${app.url}/api/webhooks/stripe`,
    reset: async () => {
      await control.reset();
      await control.settings({ delivery: "manual" });
    },
    stop: async () => {
      await sandbox.stop();
      await app.stop();
      await closePool();
    },
  };
}

export type Payments = Awaited<ReturnType<typeof startPayments>>;

/** Clicks Buy Now; the Checkout session it leads to. */
export async function clickBuy({ stripe }: Payments, { member, orgId }: Buyer, pack: ShownPack) {
  const { url } = await buyPack(member, orgId, pack);
  const session = (await stripe.list("sessions")).find((one) => one.url === url);
  if (!session) throw new Error("Buy Now led to no session");
  return session;
}

/** Clicks Buy Now and pays; the payment's id. No event is delivered. */
export async function buyAndPay(
  payments: Payments,
  buyer: Buyer,
  pack: ShownPack,
  card = "4242424242424242",
): Promise<{ sessionId: string; paymentIntent: string }> {
  const { id: sessionId } = await clickBuy(payments, buyer, pack);
  const outcome = await payments.stripe.pay(sessionId, { card });
  if (!("paymentIntent" in outcome)) throw new Error(`paying was answered ${outcome.outcome}`);
  return { sessionId, paymentIntent: outcome.paymentIntent };
}

/** Microcredits in the ledger of an organisation. */
export async function balanceOf(orgId: string): Promise<bigint> {
  const { rows } = await pool().query<{ total: string }>(
    "SELECT coalesce(sum(amount), 0)::text AS total FROM ledger_entry WHERE org_id = $1",
    [orgId],
  );
  return BigInt(rows[0]?.total ?? 0);
}
