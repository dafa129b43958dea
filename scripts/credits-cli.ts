// `npm run credits -- <command> <slug> …`: an organisation's credits from the command line, through the ledger's verbs.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { TZDate } from "@date-fns/tz";
import { asSystem, type Ctx, supportContext } from "@/lib/auth/context";
import { freezeAccount } from "@/lib/credits/freeze-account";
import { grantCredits } from "@/lib/credits/grant-credits";
import { type Reconciliation, reconcileAccount } from "@/lib/credits/reconcile-account";
import { announcementsSent } from "@/lib/db/announce";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { isTransient } from "@/lib/db/sql-errors";
import { AppError } from "@/lib/shared/errors";
import { logger } from "@/lib/shared/logger";
import { credits, type Microcredits, wholeBalance } from "@/lib/shared/money";
import { describeAccount, inFull, type Organisation } from "./credits-account";
import { changePack, describePacks, repairPayments } from "./credits-packs";

const HELP = `Usage: npm run credits -- <command> <slug> [options]

  balance <slug>             what an organisation has, lot by lot
  grant <slug> <amount>      gives whole credits; an overdraft is settled from them first
      --kind gifted|purchased  gifted (the default) expires after 90 days, purchased never does
      --expires YYYY-MM-DD     another expiry for gifted credits, at the start of that day in London
  freeze <slug>              stops AI consumption: to the organisation it looks like exhausted credits
  unfreeze <slug>            lets it go on
  reconcile <slug> | --all   holds the balance against its ledger entries, and rebuilds it where it drifted

  packs                      every credit pack
  pack <stripe price id>     offers a pack at that price, or changes it; what it costs is what Stripe says
      --name "…" --credits N   what it is called, and how many whole credits it gives
      --position N             its place among the others (default 1)
      --withdraw               takes it off the offer instead
  payments                   asks Stripe for payments, refunds and disputes whose events never arrived
      --hours N                how far back: 720 (the default) is as far as Stripe remembers

  --reason "…"               for grant, freeze and unfreeze: kept with the entry
  --key …                    for grant, freeze and unfreeze: the same key acts once, however often it is used

Exit codes: 0 done, 1 failed, 2 used wrongly.`;

const MOST_CREDITS = 100_000_000;

class UsageError extends Error {}

const OPTIONS = {
  kind: { type: "string" },
  expires: { type: "string" },
  reason: { type: "string" },
  key: { type: "string" },
  name: { type: "string" },
  credits: { type: "string" },
  position: { type: "string" },
  hours: { type: "string" },
  withdraw: { type: "boolean" },
  all: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

type Options = Partial<
  Record<"kind" | "expires" | "reason" | "key" | "name" | "credits" | "position" | "hours", string>
> & {
  withdraw?: boolean;
  all?: boolean;
  help?: boolean;
};
type Call = {
  readonly ctx: Ctx;
  readonly args: readonly string[];
  readonly options: Options;
  readonly print: (text: string) => void;
};
type Command = {
  readonly arguments: number;
  readonly options: readonly (keyof Options)[];
  /** Returns the exit code. */
  readonly run: (call: Call) => Promise<number>;
};

const COMMANDS: Readonly<Record<string, Command>> = {
  balance: { arguments: 1, options: [], run: balance },
  grant: { arguments: 2, options: ["kind", "expires", "reason", "key"], run: grant },
  freeze: { arguments: 1, options: ["reason", "key"], run: (call) => setFrozen(call, true) },
  unfreeze: { arguments: 1, options: ["reason", "key"], run: (call) => setFrozen(call, false) },
  reconcile: { arguments: 1, options: ["all"], run: reconcile },
  packs: { arguments: 0, options: [], run: packs },
  pack: { arguments: 1, options: ["name", "credits", "position", "withdraw"], run: pack },
  payments: { arguments: 0, options: ["hours"], run: payments },
};

async function balance({ ctx, args, print }: Call): Promise<number> {
  print(await describeAccount(ctx, await organisationOf(args[0])));
  return 0;
}

async function grant({ ctx, args, options, print }: Call): Promise<number> {
  const amount = amountOf(args[1]);
  const kind = options.kind ?? "gifted";
  if (kind !== "gifted" && kind !== "purchased") throw new UsageError("--kind is gifted or purchased.");
  if (kind === "purchased" && options.expires) throw new UsageError("Purchased credits never expire.");
  const expiresAt = options.expires === undefined ? undefined : startOfDay(options.expires, ctx.now());
  const organisation = await organisationOf(args[0]);
  const key = options.key || ctx.newId();
  const outcome = await grantCredits(asSystem(ctx, "cli"), {
    orgId: organisation.id,
    amount,
    kind,
    key: `cli:${key}`,
    reason: options.reason ?? "granted from the command line",
    ...(expiresAt ? { expiresAt } : {}),
  });
  const what = `${inFull(wholeBalance(amount))} ${kind} ${amount === credits(1) ? "credit" : "credits"}`;
  if (outcome.kind === "granted") print(`Granted ${what} to ${organisation.name}.`);
  else print(`Nothing granted: this key granted ${what} before.`);
  print(`Key: ${key} (the same --key never grants twice)\n`);
  print(await describeAccount(ctx, organisation));
  return 0;
}

async function setFrozen({ ctx, args, options, print }: Call, frozen: boolean): Promise<number> {
  const organisation = await organisationOf(args[0]);
  const { kind } = await freezeAccount(ctx, {
    orgId: organisation.id,
    frozen,
    key: `cli:${options.key || ctx.newId()}`,
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

async function packs({ print }: Call): Promise<number> {
  print(await describePacks());
  return 0;
}

async function pack({ ctx, args, options, print }: Call): Promise<number> {
  const { name, withdraw = false } = options;
  if (!withdraw && !(name && options.credits))
    throw new UsageError("pack needs --name and --credits, or --withdraw.");
  const credits = withdraw ? 0 : wholeBalance(amountOf(options.credits));
  const position = numberOf("--position", options.position ?? "1");
  print(await changePack(ctx, args[0] ?? "", { name: name ?? "", credits, position, withdraw }));
  print(await describePacks());
  return 0;
}

async function payments({ ctx, options, print }: Call): Promise<number> {
  const { said, whole } = await repairPayments(ctx, numberOf("--hours", options.hours ?? "720"));
  print(said);
  return whole ? 0 : 1;
}

function verdict(result: Reconciliation): string {
  if (result.kind === "in-step") return "in step";
  const drift = result.drift.map(
    ({ invariant, expected, found }) => `\n    ${invariant}: ${found}, entries say ${expected}`,
  );
  return `${result.kind === "rebuilt" ? "had drifted, rebuilt" : "drifted, NOT mended"}${drift.join("")}`;
}

async function organisationOf(slug = ""): Promise<Organisation> {
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

function amountOf(text = ""): Microcredits {
  const amount = /^(\d+|\d{1,3}(,\d{3})+)$/.test(text) ? Number(text.replaceAll(",", "")) : 0;
  if (amount < 1)
    throw new UsageError(`"${text}" is not an amount: give positive whole credits, such as 500.`);
  if (amount > MOST_CREDITS)
    throw new UsageError(`At most ${inFull(MOST_CREDITS)} credits can be granted at once.`);
  return credits(amount);
}

function numberOf(option: string, text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new UsageError(`${option} takes a whole number.`);
  return Number(text);
}

/** London midnight at the start of a day in the future. */
function startOfDay(text: string, now: Date): Date {
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  const local = new TZDate(year, month - 1, day, "Europe/London");
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && local.getMonth() === month - 1 && local.getDate() === day;
  if (!isDay) throw new UsageError(`"${text}" is not a date: write it as YYYY-MM-DD.`);
  if (local.getTime() <= now.getTime()) throw new UsageError("--expires must be a day in the future.");
  return new Date(local.getTime());
}

function parse(argv: readonly string[]): { command: Command; args: string[]; options: Options } | "help" {
  // To parseArgs a negative amount is an unknown option.
  const negative = argv.find((argument) => /^-\d/.test(argument));
  if (negative) amountOf(negative);
  const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  const [name, ...args] = positionals;
  if (values.help || name === "help") return "help";
  const command = name === undefined ? undefined : COMMANDS[name];
  if (!command)
    throw new UsageError(name === undefined ? "Say what to do." : `There is no command "${name}".`);
  const stranger = (Object.keys(values) as (keyof Options)[]).find(
    (option) => !command.options.includes(option),
  );
  if (stranger) throw new UsageError(`${name} has no option --${stranger}.`);
  const missing = args.length < command.arguments && !values.all;
  if (missing) throw new UsageError(`${name} needs ${NEEDS[name ?? ""] ?? "a slug"}.`);
  if (args.length > command.arguments)
    throw new UsageError(`"${args[command.arguments]}" is one argument too many.`);
  return { command, args, options: values };
}

const NEEDS: Readonly<Record<string, string>> = {
  grant: "a slug and an amount",
  pack: "the id of a price at Stripe",
};

/** Runs one command; returns the exit code. What it has to say goes to `print`, what went wrong to `complain`. */
export async function runCredits(
  argv: readonly string[],
  { print, complain }: { print: (text: string) => void; complain: (text: string) => void },
): Promise<number> {
  try {
    const parsed = parse(argv);
    if (parsed === "help") {
      print(HELP);
      return 0;
    }
    const log = logger().child({}, { level: "silent" });
    const ctx = supportContext("cli", { log });
    return await parsed.command.run({ ctx, args: parsed.args, options: parsed.options, print });
  } catch (error) {
    const code = String((error as { code?: unknown } | null)?.code ?? "");
    const wrongly = error instanceof UsageError || code.startsWith("ERR_PARSE_ARGS");
    // P1…: Prisma's own codes for a server that cannot be reached.
    const away = isTransient(error) || /^P1\d{3}$/.test(code);
    if (wrongly) complain(`${(error as Error).message}\n\`npm run credits -- --help\` says what there is.`);
    else if (away) complain("The database cannot be reached, or is too busy. Is it running?");
    else complain(error instanceof AppError ? error.message : String(error));
    return wrongly ? 2 : 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await runCredits(process.argv.slice(2), { print: console.log, complain: console.error });
  await announcementsSent();
  await closePool();
}
