// An organisation's account in words, for the command line.
import type { Ctx } from "@/lib/auth/context";
import { termsOf } from "@/lib/credits/core/subscription";
import { shownSpendPence } from "@/lib/credits/core/trial-cap";
import { getAccount } from "@/lib/credits/get-account";
import { formatPence, TIME_ZONE } from "@/lib/shared/format";
import { formatPounds, wholeBalance, wholeUsage } from "@/lib/shared/money";
import { creditsInWords, inFull } from "./credits-arguments";

export type Organisation = { readonly id: string; readonly slug: string; readonly name: string };

type Row = readonly [label: string, value: string];

const date = (value: Date): string =>
  value.toLocaleDateString("en-GB", { dateStyle: "long", timeZone: TIME_ZONE });

/** State, balance and open lots in the order of the draw, aligned. Shows what is there, whatever the state, frozen or not. */
export async function describeAccount(ctx: Ctx, organisation: Organisation): Promise<string> {
  const account = await getAccount(ctx, organisation.id);
  const rows: Row[] = [
    ["State", account.state],
    ["Balance", creditsInWords(wholeBalance(account.balance))],
  ];
  if (account.overdraft > 0n) rows.push(["Overdraft", creditsInWords(wholeUsage(account.overdraft))]);
  rows.push(...termsRows(account));
  if (account.frozenAt) rows.push(["Frozen", `since ${date(account.frozenAt)}: ${account.frozenReason}`]);
  if (account.recalculatingSince) rows.push(["Recalculating", `since ${date(account.recalculatingSince)}`]);
  for (const [index, lot] of account.lots.entries()) {
    const expiry = lot.expiresAt ? `expires ${date(lot.expiresAt)}` : "no expiry";
    const credits = `${lot.kind.padEnd(9)} ${inFull(wholeBalance(lot.remaining)).padStart(9)}`;
    rows.push([index === 0 ? "Lots" : "", `${credits}   ${expiry}`]);
  }
  const lines = rows.map(([label, value]) => `  ${label.padEnd(13)} ${value}`);
  return [`${organisation.name} (${organisation.slug})`, ...lines].join("\n");
}

type Account = Awaited<ReturnType<typeof getAccount>>;

/** What the organisation gets, by the terms of its subscription. */
function termsRows(account: Account): Row[] {
  const { allowance, bays, renewsAt, trialCapMicroGbp: cap } = account;
  const { renews, gate } = termsOf(account.state);
  const credits = creditsInWords(wholeBalance(allowance));
  if (gate === "nothing") return [["Allowance", "unlimited: a demonstration uses no credits"]];
  if (gate === "cap")
    return [
      ["Allowance", `${credits} for the trial`],
      [
        "Trial spend",
        `${formatPence(shownSpendPence(account))}${cap === 0n ? ", no cap" : ` of ${formatPounds(cap)}`}`,
      ],
    ];
  if (!renews) return [["Allowance", "none until the subscription is paid again"]];
  const reckoned = bays === null ? "" : ` for ${bays} ${bays === 1 ? "bay" : "bays"}`;
  return [["Allowance", `${credits} a month${reckoned}${renewsAt ? `, next on ${date(renewsAt)}` : ""}`]];
}
