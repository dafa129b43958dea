// The part of `npm run credits` that sells: packs, auto top-up, and payments that never arrived.
import { asSystem } from "@/lib/auth/context";
import { inspectTopUp } from "@/lib/billing/inspect-top-up";
import { reconcilePayments } from "@/lib/billing/reconcile-payments";
import { reconcileTopUps } from "@/lib/billing/reconcile-top-ups";
import { endPack, setPack } from "@/lib/billing/set-pack";
import { prisma } from "@/lib/db/prisma";
import { formatMoment } from "@/lib/shared/format";
import { wholeBalance } from "@/lib/shared/money";
import { organisationOf } from "./credits-account";
import {
  amountOf,
  type Call,
  type Command,
  creditsInWords,
  inFull,
  numberOf,
  UsageError,
} from "./credits-arguments";

export const packCommands: Readonly<Record<string, Command>> = {
  packs: { arguments: 0, options: [], run: packs },
  pack: {
    arguments: 1,
    options: ["name", "credits", "position", "withdraw", "reason", "key"],
    run: pack,
  },
  "top-up": { arguments: 1, options: [], run: topUp },
  payments: { arguments: 0, options: ["hours"], run: payments },
};

const inPounds = (pence: number): string => `£${(pence / 100).toFixed(2)}`;

async function packs({ print }: Call): Promise<number> {
  print(await describePacks());
  return 0;
}

async function pack({ ctx, args, options, print }: Call): Promise<number> {
  const { name, withdraw = false } = options;
  if (!withdraw && !(name && options.credits))
    throw new UsageError("pack needs --name and --credits, or --withdraw.");
  const stripePriceId = args[0] ?? "";
  const act = {
    stripePriceId,
    key: options.key || ctx.newId(),
    reason: options.reason ?? `${withdraw ? "withdrawn" : "offered"} from the command line`,
  };
  if (withdraw || !name) {
    await endPack(ctx, act);
    print(`The pack at ${stripePriceId} is withdrawn.\n`);
  } else {
    const credits = wholeBalance(amountOf(options.credits));
    const position = numberOf("--position", options.position ?? "1");
    const { pricePence } = await setPack(ctx, { ...act, name, credits, position });
    print(`${name}: ${creditsInWords(credits)} for ${inPounds(pricePence)}, VAT included.\n`);
  }
  print(await describePacks());
  return 0;
}

/** Auto top-up of one organisation: how it is configured, how it stands, and its latest attempts. */
async function topUp({ ctx, args, print }: Call): Promise<number> {
  const organisation = await organisationOf(args[0]);
  const found = await inspectTopUp(ctx, organisation.id);
  print(`${organisation.name} (${organisation.slug})`);
  if (!found) {
    print("  Auto top-up was never configured.");
    return 0;
  }
  const { monthlyLimitPence: limit } = found;
  print(`  ${found.stateText}`);
  print(`  Below ${creditsInWords(found.threshold)} it buys ${found.packName}.`);
  print(
    `  This month: ${inPounds(found.monthPence)}${limit === null ? ", no limit" : ` of ${inPounds(limit)}`}. Failures in a row: ${found.failures}.`,
  );
  for (const { claimedAt, packName, pricePence, outcomeText } of found.attempts)
    print(
      `  ${formatMoment(claimedAt, ctx.now()).padEnd(20)}  ${packName}  ${inPounds(pricePence)}  ${outcomeText}`,
    );
  return 0;
}

/** Says what was repaired; fails where something is left. */
async function payments({ ctx, options, print }: Call): Promise<number> {
  const hours = numberOf("--hours", options.hours ?? "720");
  const done = await reconcilePayments(asSystem(ctx, "cli"), { hours });
  const topUps = await reconcileTopUps(asSystem(ctx, "cli"));
  const { events, orders, subscriptions } = done;
  const failed = done.failed + topUps.failed;
  print(
    `Missed events acted on: ${events}. Orders looked at: ${orders}. Subscriptions looked at: ${subscriptions}. Failed: ${failed}.`,
  );
  return failed === 0 ? 0 : 1;
}

/** Every pack, one per line. */
async function describePacks(): Promise<string> {
  const packs = await prisma().creditPack.findMany({ orderBy: [{ position: "asc" }, { id: "asc" }] });
  if (packs.length === 0) return "There are no packs yet: `pack <stripe price id>` offers one.";
  return packs
    .map(({ name, credits, pricePence, stripePriceId, active }) => {
      const state = !active ? "withdrawn" : stripePriceId ? "offered" : "without a price";
      const columns = [name.padEnd(16), inFull(wholeBalance(credits)).padStart(10), "credits"];
      return [...columns, inPounds(pricePence).padStart(10), state.padEnd(15), stripePriceId ?? ""]
        .join("  ")
        .trimEnd();
    })
    .join("\n");
}
