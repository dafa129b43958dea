import { recordChange } from "@/lib/audit/record-change";
import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { accountChanged } from "@/lib/credits/account-changed";
import { holdAccount } from "@/lib/credits/hold-account";
import { watchBelow } from "@/lib/credits/watch-below";
import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import { credits, wholeBalance } from "@/lib/shared/money";
import { MIN_THRESHOLD } from "./core/decide-top-up";
import { consentWords, TOP_UP_WORDS, thresholdRange } from "./core/top-up-words";
import { authorizePurchase } from "./purchase-access";
import { findCustomer } from "./store/customers";
import { findOfferedPack, type PricedPack } from "./store/packs";
import { type Consent, findTopUp, insertConsent, switchOff, switchOn, type TopUp } from "./store/top-ups";
import { withdrawTopUp } from "./withdraw-top-up";

export type TopUpInput = {
  /** Whole credits. */
  readonly threshold: number;
  readonly packId: string;
  /** Null: no limit. */
  readonly monthlyLimitPence: number | null;
  /** The words agreed to, as `consentWords` builds them. */
  readonly confirmed: string;
  /** The version of the configuration that the member saw, 0 where there was none. Not given: any. */
  readonly version?: number | undefined;
};

export type TopUpSaved = { readonly kind: "enabled" | "updated" | "disabled"; readonly message: string };

const STALE = "Auto top-up has just been changed by somebody else. Please look at it again.";

/**
 * Switches auto top-up on, or changes it, as a member has confirmed it: their consent is kept in the words that they saw.
 * Every pause and rest ends, what was claimed under the terms before and not sent is withdrawn, and where the balance is below
 * the threshold a pack is bought at once, under the new terms. Needs
 * `billing.credits.purchase`. Throws invalid_input or conflict with the field at fault; then nothing is saved.
 */
export async function saveTopUp(ctx: Ctx, orgId: string, input: TopUpInput): Promise<TopUpSaved> {
  const { userId } = await authorizePurchase(ctx, orgId);
  const system = asSystem(ctx, "auto-top-up");
  const saved = await inTransaction(async (tx) => {
    await holdAccount(system, orgId, tx);
    const before = await findTopUp(orgId, tx);
    if (input.version !== undefined && input.version !== (before?.version ?? 0))
      throw new AppError("conflict", STALE, { field: "version" });
    const pack = await findOfferedPack(input.packId, tx);
    if (!pack)
      throw new AppError("invalid_input", "This credit pack is no longer available.", { field: "packId" });
    refuseBadInput(input, pack);
    const wasOn = before?.enabled ?? false;
    if (!wasOn && !(await findCustomer(orgId, tx))?.chargedCard)
      throw new AppError("conflict", TOP_UP_WORDS.noCard, { field: "enabled" });
    const consent = consentOf(ctx, { orgId, userId, input, pack });
    if (input.confirmed !== consent.words)
      throw new AppError("conflict", "Please confirm what auto top-up will charge.", { field: "confirmed" });
    await insertConsent(tx, consent);
    await switchOn(tx, consent);
    await withdrawTopUp(system, tx, orgId, "terms_changed");
    await watchBelow(system, { orgId, below: credits(input.threshold) }, tx);
    await recordChange(ctx, tx, {
      orgId,
      action: wasOn ? "billing/top-up-updated" : "billing/top-up-enabled",
      before: before && wasOn ? factsOf(before) : {},
      after: factsOf({ ...consent, agreedCredits: consent.microcredits }),
    });
    return wasOn
      ? ({ kind: "updated", message: TOP_UP_WORDS.updated } as const)
      : ({ kind: "enabled", message: TOP_UP_WORDS.enabled } as const);
  });
  accountChanged(orgId);
  return saved;
}

/** For the audit: what is bought when, and for how much in a month at most. */
const factsOf = ({
  threshold,
  agreedCredits,
  monthlyLimitPence,
}: Pick<TopUp, "threshold" | "agreedCredits" | "monthlyLimitPence">) => ({
  threshold: wholeBalance(threshold),
  creditsBought: wholeBalance(agreedCredits),
  monthlyLimitPence,
});

function refuseBadInput({ threshold, monthlyLimitPence }: TopUpInput, pack: PricedPack): void {
  if (!Number.isInteger(threshold) || threshold < MIN_THRESHOLD || threshold > pack.credits)
    throw new AppError(
      "invalid_input",
      `Enter a whole number of credits from ${thresholdRange(MIN_THRESHOLD, pack.credits)}.`,
      { field: "threshold" },
    );
  if (monthlyLimitPence === null) return;
  if (!Number.isInteger(monthlyLimitPence) || monthlyLimitPence < pack.pricePence)
    throw new AppError("invalid_input", "The monthly limit must cover at least one pack.", {
      field: "monthlyLimitPence",
    });
}

type Confirmation = {
  readonly orgId: string;
  readonly userId: string;
  readonly input: TopUpInput;
  readonly pack: PricedPack;
};

function consentOf(ctx: Ctx, { orgId, userId, input, pack }: Confirmation): Consent {
  const { threshold, monthlyLimitPence } = input;
  return {
    orgId,
    userId,
    id: ctx.newId(),
    givenAt: ctx.now(),
    threshold: credits(threshold),
    packId: pack.id,
    packName: pack.name,
    microcredits: credits(pack.credits),
    pricePence: pack.pricePence,
    monthlyLimitPence,
    words: consentWords({ threshold, pack, monthlyLimitPence }),
  };
}

/**
 * Switches auto top-up off, at once, whatever the subscription's state; a charge that has been sent is finished and granted,
 * any other is withdrawn. Needs `billing.credits.purchase`.
 */
export async function disableTopUp(ctx: Ctx, orgId: string): Promise<TopUpSaved> {
  requireMember(ctx.actor, orgId, "billing.credits.purchase");
  const system = asSystem(ctx, "auto-top-up");
  await inTransaction(async (tx) => {
    await holdAccount(system, orgId, tx);
    const before = await findTopUp(orgId, tx);
    if (!before?.enabled) return;
    await switchOff(tx, orgId, ctx.now());
    await withdrawTopUp(system, tx, orgId, "switched_off");
    await watchBelow(system, { orgId, below: null }, tx);
    await recordChange(ctx, tx, {
      orgId,
      action: "billing/top-up-disabled",
      before: { enabled: true },
      after: { enabled: false },
    });
  });
  accountChanged(orgId);
  return { kind: "disabled", message: TOP_UP_WORDS.disabled };
}
