import { asSystem, type Ctx, supportContext } from "@/lib/auth/context";
import { refundByHand, sellByHand } from "@/lib/billing/sell-by-hand";
import { changeSubscription } from "@/lib/credits/change-subscription";
import { grantCredits } from "@/lib/credits/grant-credits";
import { openAccount } from "@/lib/credits/open-account";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { sendWarning } from "@/lib/credits/send-warning";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { inTransaction } from "@/lib/db/transaction";
import { credits, microGbp } from "@/lib/shared/money";
import { freezeAccount } from "@/lib/support/freeze-account";
import type { DemoOrganisation } from "./organisations";
import { SUPPORT_USER_ID } from "./people";
import type { HistoryStep } from "./plan-history";

export type History = { readonly org: DemoOrganisation; readonly steps: readonly HistoryStep[] };

/**
 * Posts the garages' pasts through the verbs, moment by moment, with the clock standing at each moment: settles that
 * share a commit share its time, so moments never overlap. Every posting has its own key: a second run changes nothing.
 */
export async function postHistory(ctx: Ctx, histories: readonly History[]): Promise<void> {
  const moments = new Map<number, { org: DemoOrganisation; step: HistoryStep }[]>();
  for (const { org, steps } of histories) {
    for (const step of steps) {
      const time = step.at.getTime();
      moments.set(time, [...(moments.get(time) ?? []), { org, step }]);
    }
  }
  for (const [time, due] of [...moments].sort(([a], [b]) => a - b)) {
    await Promise.all(due.map(({ org, step }) => post({ ...ctx, now: () => new Date(time) }, org, step)));
  }
  for (const { org, steps } of histories) {
    const last = steps.at(-1)?.at ?? ctx.now();
    await sendWarning({ ...ctx, now: () => last }, org.id);
  }
}

async function post(ctx: Ctx, org: DemoOrganisation, step: HistoryStep): Promise<void> {
  const orgId = org.id;
  const support = supportContext(SUPPORT_USER_ID, { now: ctx.now, newId: ctx.newId, log: ctx.log });
  switch (step.kind) {
    case "open":
      await openAccount(ctx, {
        orgId,
        state: org.lapsed ? "active" : org.state,
        allowance: credits(org.allowance),
        ...(org.subscribed ? { bays: org.subscribed.bays } : {}),
        anchorAt: step.anchorAt,
        trialCap: microGbp(BigInt(org.trialCapPence) * 10_000n),
      });
      await renewAllowance(ctx, orgId);
      return;
    case "renew":
      await renewAllowance(ctx, orgId);
      return;
    case "grant": {
      const { grant } = step;
      const amount = credits(grant.credits);
      const { key, reason } = grant;
      const by = asSystem(support, "seed");
      if (grant.kind === "gifted") await grantCredits(by, { orgId, kind: "gifted", amount, key, reason });
      else {
        const { packName, pricePence } = grant;
        await inTransaction((tx) =>
          sellByHand(by, { orgId, amount, packName, pricePence, sourceKey: key, reason }, tx),
        );
      }
      return;
    }
    case "refund": {
      const { key, credits: granted, packName, pricePence } = step.grant;
      const sale = { orgId, amount: credits(granted), packName, pricePence, sourceKey: key };
      await inTransaction((tx) =>
        refundByHand(asSystem(support, "seed"), { ...sale, reason: "Refunded in full" }, tx),
      );
      return;
    }
    case "lapse":
      await changeSubscription(asSystem(support, "seed"), { orgId, state: org.state, reason: step.reason });
      return;
    case "freeze":
      await freezeAccount(support, { orgId, frozen: true, key: "seed:freeze", reason: step.reason });
      return;
    case "use": {
      // The settle stores the start as well, in the same commit: half the time of two verbs.
      const { channel, providerRef, cost, start, counted = true } = step.use;
      await settleInteraction(ctx, { orgId, channel, providerRef, cost, counted, start });
    }
  }
}
