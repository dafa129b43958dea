// The part of `npm run credits` that sets what is subscribed to.
import { setPlan, showPlan } from "@/lib/billing/set-plan";
import { formatPence } from "@/lib/shared/format";
import { wholeBalance } from "@/lib/shared/money";
import { amountOf, type Call, type Command, inFull, UsageError } from "./credits-arguments";

export const planCommands: Readonly<Record<string, Command>> = {
  plan: {
    arguments: 0,
    options: ["monthly", "yearly", "tax-rate", "credits", "name", "reason", "key"],
    run: plan,
  },
};

/** Shows the plan, or sets it from Stripe's own prices and tax rate. */
async function plan({ ctx, options, print }: Call): Promise<number> {
  const { monthly, yearly, "tax-rate": taxRate } = options;
  if (monthly && yearly && taxRate) {
    await setPlan(ctx, {
      monthlyPriceId: monthly,
      yearlyPriceId: yearly,
      taxRateId: taxRate,
      name: options.name ?? "Torqueflow",
      credits: wholeBalance(amountOf(options.credits ?? "500")),
      key: options.key || ctx.newId(),
      reason: options.reason ?? "set from the command line",
    });
    print("The plan is set.\n");
  } else if (Object.keys(options).length > 0)
    throw new UsageError("plan needs --monthly, --yearly and --tax-rate.");
  print(await describePlan({ ctx }));
  return 0;
}

async function describePlan({ ctx }: Pick<Call, "ctx">): Promise<string> {
  const plan = await showPlan(ctx);
  if (!plan)
    return "There is no plan yet: `plan --monthly <price id> --yearly <price id> --tax-rate <id>` sets it.";
  const rows = [
    ["Monthly", `${formatPence(plan.monthlyPence)} a bay and month`, plan.monthlyPriceId],
    ["Yearly", `${formatPence(plan.yearlyPence)} a bay and year`, plan.yearlyPriceId],
    ["VAT on top", `${plan.taxPercent}%`, plan.taxRateId],
    ["Credits", `${inFull(wholeBalance(plan.creditsPerBay))} a bay and month`, ""],
  ] as const;
  const lines = rows.map(([label, value, id]) => `  ${label.padEnd(12)} ${value.padEnd(26)} ${id}`.trimEnd());
  return [`${plan.name} (${plan.productId})`, ...lines].join("\n");
}
