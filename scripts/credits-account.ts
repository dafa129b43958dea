// The part of `npm run credits` that is about one organisation's account.
import { asSystem } from "@/lib/auth/context";
import { allowanceOfBays } from "@/lib/credits/core/allowance";
import { isSubscriptionState, SUBSCRIPTION_STATES } from "@/lib/credits/core/subscription";
import { type Reconciliation, reconcileAccount } from "@/lib/credits/reconcile-account";
import { prisma } from "@/lib/db/prisma";
import { AppError } from "@/lib/shared/errors";
import { londonDay } from "@/lib/shared/london-time";
import { wholeBalance } from "@/lib/shared/money";
import { correctBalance } from "@/lib/support/correct-balance";
import { freezeAccount } from "@/lib/support/freeze-account";
import { giftCredits } from "@/lib/support/gift-credits";
import { listAttention } from "@/lib/support/list-attention";
import { sellCredits } from "@/lib/support/sell-credits";
import { setSubscription } from "@/lib/support/set-subscription";
import {
  amountOf,
  baysOf,
  type Call,
  type Command,
  creditsInWords,
  penceOf,
  startOfDay,
  UsageError,
} from "./credits-arguments";
import { describeAccount, type Organisation } from "./describe-account";

export const accountCommands: Readonly<Record<string, Command>> = {
  balance: { arguments: 1, options: [], run: balance },
  grant: { arguments: 2, options: ["kind", "expires", "price", "name", "reason", "key"], run: grant },
  adjust: { arguments: 1, options: ["take", "write-off", "reason", "key"], run: adjust },
  subscription: {
    arguments: 1,
    options: ["state", "bays", "allowance", "reason", "key"],
    run: subscription,
  },
  freeze: { arguments: 1, options: ["reason", "key"], run: (call) => setFrozen(call, true) },
  unfreeze: { arguments: 1, options: ["reason", "key"], run: (call) => setFrozen(call, false) },
  attention: { arguments: 0, options: [], run: attention },
  reconcile: { arguments: 1, options: ["all"], run: reconcile },
};

const SOLD_BY_HAND = "Credits from Torqueflow support";

async function balance({ ctx, args, print }: Call): Promise<number> {
  print(await describeAccount(ctx, await organisationOf(args[0])));
  return 0;
}

/** Without a key of its own the same act is done once per day: a repeat after a lost answer changes nothing. */
const keyOf = ({ ctx, options }: Call, ...act: readonly string[]): string =>
  options.key || [londonDay(ctx.now()), ...act, ...(options.reason ? [options.reason] : [])].join(" ");

async function grant(call: Call): Promise<number> {
  const { ctx, args, options, print } = call;
  const amount = amountOf(args[1]);
  const kind = options.kind ?? "gifted";
  if (kind !== "gifted" && kind !== "purchased") throw new UsageError("--kind is gifted or purchased.");
  if (kind === "purchased" && options.expires) throw new UsageError("Purchased credits never expire.");
  if (kind === "gifted" && (options.price ?? options.name) !== undefined)
    throw new UsageError("--price and --name are for purchased credits.");
  const pricePence = penceOf(options.price ?? "0");
  const expiresAt = options.expires === undefined ? undefined : startOfDay(options.expires, ctx.now());
  const organisation = await organisationOf(args[0]);
  const key = keyOf(call, kind, String(wholeBalance(amount)), ...(options.expires ? [options.expires] : []));
  const reason = options.reason ?? "granted from the command line";
  const { id: orgId } = organisation;
  const outcome =
    kind === "gifted"
      ? await giftCredits(ctx, { orgId, amount, key, reason, ...(expiresAt ? { expiresAt } : {}) })
      : await sellCredits(ctx, {
          orgId,
          amount,
          packName: options.name ?? SOLD_BY_HAND,
          pricePence,
          key,
          reason,
        });
  const what = creditsInWords(wholeBalance(amount)).replace(" ", ` ${kind} `);
  if (outcome.kind === "granted") print(`Granted ${what} to ${organisation.name}.`);
  else print(`Nothing granted: this key granted ${what} before. To give them again, use another --key.`);
  print(`Key: ${key} (the same --key never grants twice)\n`);
  print(await describeAccount(ctx, organisation));
  return 0;
}

async function adjust(call: Call): Promise<number> {
  const { ctx, args, options, print } = call;
  const { take, "write-off": writeOff } = options;
  if ((take === undefined) === (writeOff === undefined))
    throw new UsageError("adjust takes one of --take N and --write-off N.");
  const amount = amountOf(take ?? writeOff);
  const organisation = await organisationOf(args[0]);
  const key = keyOf(call, take === undefined ? "write-off" : "take", String(wholeBalance(amount)));
  const { kind } = await correctBalance(ctx, {
    orgId: organisation.id,
    amount: take === undefined ? amount : -amount,
    key,
    reason: options.reason ?? "adjusted from the command line",
  });
  if (kind === "adjusted")
    print(`${take === undefined ? "Wrote off" : "Took"} ${creditsInWords(wholeBalance(amount))}.`);
  else print("Nothing adjusted: this key adjusted the balance before. To do it again, use another --key.");
  print(`Key: ${key}\n`);
  print(await describeAccount(ctx, organisation));
  return 0;
}

async function subscription(call: Call): Promise<number> {
  const { ctx, args, options, print } = call;
  const { state, bays, allowance } = options;
  if (state === undefined && bays === undefined && allowance === undefined)
    throw new UsageError("subscription takes --state S, --bays N or --allowance N.");
  if (bays !== undefined && allowance !== undefined)
    throw new UsageError("subscription takes --bays N or --allowance N, not both.");
  if (state !== undefined && !isSubscriptionState(state))
    throw new UsageError(`--state is one of ${SUBSCRIPTION_STATES.join(", ")}.`);
  const change = {
    ...(state ? { state } : {}),
    ...(bays ? { allowance: allowanceOfBays(baysOf(bays)) } : {}),
    ...(allowance ? { allowance: { allowance: amountOf(allowance), bays: null } } : {}),
  };
  const organisation = await organisationOf(args[0]);
  const { kind } = await setSubscription(ctx, {
    ...change,
    orgId: organisation.id,
    key: options.key || ctx.newId(),
    reason: options.reason ?? "set from the command line",
  });
  print(kind === "changed" ? "The subscription is set.\n" : "This key was used before: nothing changed.\n");
  print(await describeAccount(ctx, organisation));
  return 0;
}

async function setFrozen({ ctx, args, options, print }: Call, frozen: boolean): Promise<number> {
  const organisation = await organisationOf(args[0]);
  const { kind } = await freezeAccount(ctx, {
    orgId: organisation.id,
    frozen,
    key: options.key || ctx.newId(),
    reason: options.reason ?? `${frozen ? "frozen" : "unfrozen"} from the command line`,
  });
  const said = {
    frozen: `${organisation.name} is frozen.`,
    unfrozen: `${organisation.name} is no longer frozen.`,
    unchanged: `${organisation.name} was ${frozen ? "frozen already" : "not frozen"}: nothing changed.`,
    replayed: "This key was used before: nothing changed.",
  };
  print(`${said[kind]}\n`);
  print(await describeAccount(ctx, organisation));
  return 0;
}

/** One concern per line: what, whose, since when. */
async function attention({ ctx, print }: Call): Promise<number> {
  const concerns = await listAttention(ctx);
  if (concerns.length === 0) {
    print("Nothing needs attention.");
    return 0;
  }
  const organisations = await prisma().organization.findMany({
    where: { id: { in: concerns.flatMap(({ orgId }) => orgId ?? []) } },
    select: { id: true, slug: true },
  });
  const slugs = new Map(organisations.map(({ id, slug }) => [id, slug]));
  for (const { what, orgId, since, text } of concerns) {
    const whose = orgId === null ? "no garage" : (slugs.get(orgId) ?? orgId);
    print(`${what.padEnd(9)} ${whose.padEnd(20)} ${londonDay(since)}  ${text}`);
  }
  return 0;
}

async function reconcile({ ctx, args, options, print }: Call): Promise<number> {
  if (options.all === (args[0] !== undefined)) throw new UsageError("reconcile takes one slug, or --all.");
  const accounts = options.all ? await organisationsWithAccount() : [await organisationOf(args[0])];
  let worst = 0;
  for (const organisation of accounts) {
    const result = await reconcileAccount(asSystem(ctx, "cli"), organisation.id);
    print(`${organisation.slug.padEnd(20)} ${verdict(result)}`);
    if (result.kind === "unresolved") worst = 1;
  }
  return worst;
}

function verdict(result: Reconciliation): string {
  if (result.kind === "in-step") return "in step";
  const drift = result.drift.map(
    ({ invariant, expected, found }) => `\n    ${invariant}: ${found}, entries say ${expected}`,
  );
  return `${result.kind === "rebuilt" ? "had drifted, rebuilt" : "drifted, NOT mended"}${drift.join("")}`;
}

/** Throws not_found with the slugs that there are. */
export async function organisationOf(slug = ""): Promise<Organisation> {
  const select = { id: true, slug: true, name: true } as const;
  const found = await prisma().organization.findUnique({ where: { slug }, select });
  if (found) return found;
  const known = await prisma().organization.findMany({ select, orderBy: { slug: "asc" }, take: 50 });
  const slugs = known.map((organisation) => organisation.slug).join(", ");
  throw new AppError("not_found", `There is no organisation "${slug}". There are: ${slugs || "none yet"}.`);
}

async function organisationsWithAccount(): Promise<Organisation[]> {
  const accounts = await prisma().creditAccount.findMany({ select: { orgId: true } });
  const named = await prisma().organization.findMany({ orderBy: { slug: "asc" } });
  const names = new Map(named.map((organisation) => [organisation.id, organisation]));
  return accounts
    .map(({ orgId }) => names.get(orgId) ?? { id: orgId, slug: orgId, name: orgId })
    .sort((a, b) => a.slug.localeCompare(b.slug));
}
