import { asSystem, type Ctx, type Member, requireMember } from "@/lib/auth/context";
import { ROLE_PERMISSIONS } from "@/lib/auth/permissions";
import { readStanding } from "@/lib/credits/hold-account";
import { inSnapshot } from "@/lib/db/transaction";
import { wholeBalance } from "@/lib/shared/money";
import { MIN_THRESHOLD } from "./core/decide-top-up";
import { confirmTitle, consentWords, packLabel } from "./core/top-up-words";
import { describeTopUp, type TopUpState } from "./describe-top-up";
import { buyingStoppedBy } from "./purchase-access";
import { type Customer, findCustomer } from "./store/customers";
import { offeredPacks, type PricedPack } from "./store/packs";
import { findLastAttempt, lastPaidAt } from "./store/top-up-attempts";
import { findLink } from "./store/top-up-links";
import { findTopUp, type TopUp } from "./store/top-ups";
import { refuseTopUpCard } from "./top-up-access";
import { gatherFacts } from "./top-up-facts";
import { linkUrl } from "./top-up-token";

export type TopUpPack = {
  readonly id: string;
  readonly name: string;
  /** Whole credits. */
  readonly credits: number;
  readonly pricePence: number;
  /** "Starter - 1,000 credits (£10.00)" */
  readonly label: string;
  readonly maxThreshold: number;
};

/** The Auto Top-Up card. */
export type TopUpDto = {
  readonly enabled: boolean;
  /** There is a card to charge, and credits can be bought. */
  readonly canSwitchOn: boolean;
  readonly hasCard: boolean;
  /** The one that is charged; the plan may be paid with another one. */
  readonly card: { readonly brand: string; readonly last4: string } | null;
  /** Whole credits; null where it was never configured. */
  readonly threshold: number | null;
  readonly minThreshold: number;
  readonly packId: string | null;
  readonly packs: readonly TopUpPack[];
  /** Null: no limit. */
  readonly monthlyLimitPence: number | null;
  readonly state: TopUpState;
  readonly stateText: string;
  /** ISO 8601; null unless it rests, or waits for the next month. */
  readonly restsUntil: string | null;
  /** Where this member can confirm a payment with their bank; null where none waits, or they may not buy. */
  readonly authenticationUrl: string | null;
  /** When auto top-up bought last; ISO 8601. */
  readonly lastAt: string | null;
  /** Of this calendar month. */
  readonly monthCount: number;
  readonly monthPence: number;
  /** The last attempt failed by payment. */
  readonly lastFailed: boolean;
  /** Of the values as they are saved; null where they cannot be confirmed as they are. */
  readonly confirmation: {
    readonly title: string;
    readonly words: string;
    /** The balance is below the threshold already. */
    readonly chargesNow: boolean;
  } | null;
  /** May save it, and switch it off. */
  readonly canManage: boolean;
  /** To be sent with what is saved: a form of an earlier version is stale. 0: never configured. */
  readonly version: number;
};

/**
 * Auto top-up as it is configured and as it stands. Needs `billing.credits.view`; active and grandfathered, and whoever has
 * configured it, in any state: what was switched on can be switched off. Throws not_found for others.
 */
export async function getTopUp(ctx: Ctx, orgId: string): Promise<TopUpDto> {
  const member = requireMember(ctx.actor, orgId, "billing.credits.view");
  const account = await readStanding(asSystem(ctx, "auto-top-up"), orgId);
  const topUp = await findTopUp(orgId);
  refuseTopUpCard(account.state, topUp);
  const [packs, customer, last, paidAt, link] = await Promise.all([
    offeredPacks(),
    findCustomer(orgId),
    findLastAttempt(orgId),
    lastPaidAt(orgId),
    findLink(orgId),
  ]);
  const gathered = topUp && (await inSnapshot((db) => gatherFacts(ctx, db, topUp, account)));
  const standing = describeTopUp(gathered, topUp, ctx.now());
  const { canManage, ...may } = permitted(member, customer, buyingStoppedBy(account) === null, packs);
  return {
    ...may,
    canManage,
    enabled: topUp?.enabled ?? false,
    card: cardOf(customer),
    threshold: topUp ? wholeBalance(topUp.threshold) : null,
    minThreshold: MIN_THRESHOLD,
    packId: topUp?.packId ?? null,
    packs: packs.map(toDto),
    monthlyLimitPence: topUp?.monthlyLimitPence ?? null,
    ...standing,
    authenticationUrl:
      standing.state === "needs_authentication" && canManage && link ? linkUrl(link.id) : null,
    lastAt: paidAt?.toISOString() ?? null,
    monthCount: gathered?.month.paidCount ?? 0,
    monthPence: gathered?.month.paidPence ?? 0,
    lastFailed: last?.status === "failed",
    confirmation: confirmationOf(topUp, packs, account.balance),
    version: topUp?.version ?? 0,
  };
}

const cardOf = (customer: Customer | undefined): TopUpDto["card"] => {
  const charged = customer?.chargedCard;
  return charged ? { brand: charged.brand, last4: charged.last4 } : null;
};

function permitted(
  { role }: Member,
  customer: Customer | undefined,
  mayBuy: boolean,
  packs: readonly PricedPack[],
) {
  const hasCard = customer?.chargedCard != null;
  const canManage = ROLE_PERMISSIONS[role].includes("billing.credits.purchase");
  return { hasCard, canManage, canSwitchOn: canManage && hasCard && mayBuy && packs.length > 0 };
}

const toDto = ({ id, name, credits, pricePence }: PricedPack): TopUpPack => ({
  id,
  name,
  credits,
  pricePence,
  label: packLabel({ name, credits, pricePence }),
  maxThreshold: credits,
});

function confirmationOf(
  topUp: TopUp | undefined,
  packs: readonly PricedPack[],
  balance: bigint,
): TopUpDto["confirmation"] {
  const pack = packs.find(({ id }) => id === topUp?.packId);
  if (!topUp || !pack) return null;
  const { monthlyLimitPence, threshold } = topUp;
  return {
    title: confirmTitle(topUp.enabled),
    words: consentWords({ threshold: wholeBalance(threshold), pack, monthlyLimitPence }),
    chargesNow: balance < threshold,
  };
}
