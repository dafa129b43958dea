// An organisation's account in words, for the command line.
import type { Ctx } from "@/lib/auth/context";
import { getAccount } from "@/lib/credits/get-account";
import { prisma } from "@/lib/db/prisma";
import { formatPounds, wholeBalance, wholeUsage } from "@/lib/shared/money";
import { inFull } from "./credits-arguments";

export type Organisation = { readonly id: string; readonly slug: string; readonly name: string };

type Row = readonly [label: string, value: string];

const date = (value: Date): string =>
  value.toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "Europe/London" });

/** State, balance and open lots in the order of the draw, aligned. Shows what is there, frozen or not. */
export async function describeAccount(ctx: Ctx, organisation: Organisation): Promise<string> {
  const { lots } = await getAccount(ctx, organisation.id);
  const account = await prisma().creditAccount.findUniqueOrThrow({ where: { orgId: organisation.id } });
  const rows: Row[] = [
    ["State", account.state],
    ["Balance", `${inFull(wholeBalance(account.balance))} credits`],
  ];
  if (account.overdraft > 0n) rows.push(["Overdraft", `${inFull(wholeUsage(account.overdraft))} credits`]);
  rows.push(...termsOf(account));
  if (account.frozenAt) rows.push(["Frozen", `since ${date(account.frozenAt)}: ${account.frozenReason}`]);
  if (account.recalculatingSince) rows.push(["Recalculating", `since ${date(account.recalculatingSince)}`]);
  for (const [index, lot] of lots.entries()) {
    const expiry = lot.expiresAt ? `expires ${date(lot.expiresAt)}` : "no expiry";
    const credits = `${lot.kind.padEnd(9)} ${inFull(wholeBalance(lot.remaining)).padStart(9)}`;
    rows.push([index === 0 ? "Lots" : "", `${credits}   ${expiry}`]);
  }
  const lines = rows.map(([label, value]) => `  ${label.padEnd(13)} ${value}`);
  return [`${organisation.name} (${organisation.slug})`, ...lines].join("\n");
}

type Terms = {
  readonly state: string;
  readonly allowance: bigint;
  readonly renewsAt: Date | null;
  readonly trialCapMicroGbp: bigint;
  readonly trialSpentMicroGbp: bigint;
};

/** What the organisation gets, by the state of its subscription. */
function termsOf({ state, allowance, renewsAt, trialCapMicroGbp, trialSpentMicroGbp }: Terms): Row[] {
  const credits = `${inFull(wholeBalance(allowance))} credits`;
  switch (state) {
    case "trial": {
      const cap = trialCapMicroGbp === 0n ? ", no cap" : ` of ${formatPounds(trialCapMicroGbp)}`;
      return [
        ["Allowance", `${credits} for the trial`],
        ["Trial spend", `${formatPounds(trialSpentMicroGbp)}${cap}`],
      ];
    }
    case "active":
    case "grandfathered":
      return [["Allowance", `${credits} a cycle${renewsAt ? `, next on ${date(renewsAt)}` : ""}`]];
    case "demo":
      return [["Allowance", "unlimited: a demonstration uses no credits"]];
    default:
      return [["Allowance", "none until the subscription is paid again"]];
  }
}
