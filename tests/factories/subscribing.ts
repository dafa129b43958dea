import { choosePlan } from "@/lib/billing/choose-plan";
import type { PlanChoice } from "@/lib/billing/core/plan-price";
import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import type { Buyer } from "./buyer";
import type { Payments } from "./payments";

const FOUR_BAYS: PlanChoice = { bays: 4, interval: "month" };

/** Presses Upgrade Now; the Checkout session it leads to. */
export async function clickUpgrade(
  { stripe }: Pick<Payments, "stripe">,
  { member, orgId }: Buyer,
  choice: PlanChoice = FOUR_BAYS,
) {
  const { url } = await choosePlan(member, orgId, choice);
  const session = (await stripe.list("sessions")).find((one) => one.url === url);
  if (!session) throw new Error("Upgrade Now led to no session");
  return session;
}

/** Presses Upgrade Now and pays; the subscription's id. No event is delivered. */
export async function upgradeAndPay(
  payments: Payments,
  buyer: Buyer,
  choice: PlanChoice = FOUR_BAYS,
): Promise<{ readonly sessionId: string; readonly subscriptionId: string; readonly customerId: string }> {
  const { id: sessionId } = await clickUpgrade(payments, buyer, choice);
  return { sessionId, ...(await paySession(payments, sessionId)) };
}

export async function paySession({ stripe }: Payments, sessionId: string) {
  await stripe.pay(sessionId, { card: "4242424242424242" });
  const session = (await stripe.list("sessions")).find(({ id }) => id === sessionId);
  const { subscription, customer } = session ?? {};
  if (typeof subscription !== "string" || typeof customer !== "string")
    throw new Error("paying made no subscription");
  return { subscriptionId: subscription, customerId: customer };
}

/** An organisation's monthly grants, whole credits, as they came. */
export async function allowancesOf(orgId: string): Promise<number[]> {
  const { rows } = await pool().query<{ credits: number }>(
    `SELECT (granted / 1000000)::int AS credits FROM credit_lot
     WHERE org_id = $1 AND kind = 'monthly' AND source_key <> 'allowance:trial' ORDER BY id`,
    [orgId],
  );
  return rows.map(({ credits }) => credits);
}

export const accountOf = (orgId: string) => prisma().creditAccount.findUniqueOrThrow({ where: { orgId } });

export const mirrorOf = (subscriptionId: string) =>
  prisma().stripeSubscription.findFirstOrThrow({ where: { subscriptionId } });

/** Orders at Choose Your Plan, in the order in which they were placed. */
export const planOrdersOf = async (orgId: string): Promise<string[]> =>
  (await prisma().subscriptionOrder.findMany({ where: { orgId }, orderBy: { createdAt: "asc" } })).map(
    ({ status }) => status,
  );
