// `npm run credits -- <command> <slug> …`: what Torqueflow's support may do, from the command line.
import { fileURLToPath } from "node:url";
import { parseArgs, stripVTControlCharacters } from "node:util";
import { supportContext } from "@/lib/auth/context";
import { followClock } from "@/lib/db/database-clock";
import { closePool } from "@/lib/db/pool";
import { isTransient } from "@/lib/db/sql-errors";
import { isAppError } from "@/lib/shared/errors";
import { logger } from "@/lib/shared/logger";
import { allFinished } from "@/lib/shared/unfinished";
import { accountCommands } from "./credits-account";
import { amountOf, type Command, OPTIONS, type Options, UsageError } from "./credits-arguments";
import { lineCommands } from "./credits-lines";
import { packCommands } from "./credits-packs";
import { peopleCommands } from "./credits-people";
import { planCommands } from "./credits-plan";

const HELP = `Usage: npm run credits -- <command> <slug> [options]

  find <words>               the slugs of the garages with these words in their name, or in an address of their team
  balance <slug>             what an organisation has, lot by lot
  grant <slug> <amount>      gives whole credits; an overdraft is settled from them first
      --kind gifted|purchased  gifted (the default) expires after 90 days; purchased never does, and stands in
                               Purchase History as what was paid for outside Stripe
      --price 10.00 --name "…" what was paid for purchased credits (default 0), and what the history calls them
      --expires YYYY-MM-DD     another expiry for gifted credits, at the start of that day in London
  adjust <slug>              corrects a balance by a ledger entry
      --write-off N            whole credits of overdraft, at most what there is
      --take N                 whole credits, at most what there is
  subscription <slug>        sets what an organisation subscribes to; what it lacks of this period's credits is granted
      --state S                trial, active, grandfathered, past_due, canceled or demo
      --bays N | --allowance N its bays (500 credits each a month), or a monthly figure of its own
                               What Stripe says of a subscription comes after this, except where the state is demo, or
                               grandfathered without a subscription at Stripe, and for a figure of its own: that stays
                               until --bays is set
  freeze <slug>              stops AI consumption: to the organisation it looks like exhausted credits
  unfreeze <slug>            lets it go on
  reconcile <slug> | --all   holds the balance against its ledger entries, and rebuilds it where it drifted
  attention                  lists what support must look at: mismatched payments, disputes, several subscriptions of
                             one organisation, drift, what was given up, mail that could not be sent

  line assign <slug> <channel> <number>   assigns a line to a garage, which then connects it in Settings > Channels
      voice +44… [--id ID]     a number at the voice provider, with the provider's id of it
      sms +44… [--id MG…]      a number at Twilio, with the Messaging Service that it belongs to
      whatsapp ID [--number +44…] [--account ID]   Meta's id of the number, the number, and its business account
  line move <slug> <channel> <number>     gives a line to another garage: the first one's use ends at once
  line take <slug> <channel> <number>     takes a line from its garage
  line list [<slug>]                      the lines of a garage, or all

  packs                      every credit pack
  pack <stripe price id>     offers a pack at that price, or changes it; what it costs is what Stripe says
      --name "…" --credits N   what it is called, and how many whole credits it gives
      --position N             its place among the others (default 1)
      --withdraw               takes it off the offer instead
  plan                       the plan that is sold by the bay
      --monthly <price id> --yearly <price id> --tax-rate <id>
                               sets it: what it costs, and VAT, is what Stripe says of these
      --credits N              whole credits that a bay brings each month (default 500)
      --name "…"               what it is called (default Torqueflow)
  top-up <slug>              auto top-up of an organisation: how it stands, and its latest attempts
  payments                   asks Stripe for payments, refunds, disputes and subscriptions whose events never arrived
      --hours N                how far back: 720 (the default) is as far as Stripe remembers
  second-factor <email>      for whoever has lost their phone and their recovery codes, once you know that it is them
      --off --reason "…"       sign-in asks for no code any more; they are told by mail

  --reason "…"               for whatever changes something: kept in the audit
  --key …                    for the same: a key acts once, however often it is used. Without one, the same grant or
                             adjustment acts once per day: to repeat it on purpose, give it a key

Exit codes: 0 done, 1 failed, 2 used wrongly.`;

const COMMANDS: Readonly<Record<string, Command>> = {
  ...accountCommands,
  ...lineCommands,
  ...packCommands,
  ...planCommands,
  ...peopleCommands,
};

const NEEDS: Readonly<Record<string, string>> = {
  find: "a garage's name, or an address of its team",
  grant: "a slug and an amount",
  line: "assign, move, take or list",
  pack: "the id of a price at Stripe",
  "second-factor": "an email address",
};

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
  const unknown = (Object.keys(values) as (keyof Options)[]).find(
    (option) => !command.options.includes(option),
  );
  if (unknown) throw new UsageError(`${name} has no option --${unknown}.`);
  const missing = args.length < command.arguments && !values.all;
  if (missing) throw new UsageError(`${name} needs ${NEEDS[name ?? ""] ?? "a slug"}.`);
  const most = command.atMost ?? command.arguments;
  if (args.length > most) throw new UsageError(`"${args[most]}" is one argument too many.`);
  return { command, args, options: values };
}

/** What somebody typed or named moves no cursor and colours nothing. */
const printable = (text: string): string => stripVTControlCharacters(text).replace(/(?!\n)\p{Cc}/gu, "");

/** Runs one command; returns the exit code. What it has to say goes to `print`, what went wrong to `complain`. */
export async function runCredits(
  argv: readonly string[],
  terminal: { print: (text: string) => void; complain: (text: string) => void },
): Promise<number> {
  const print = (text: string): void => terminal.print(printable(text));
  const complain = (text: string): void => terminal.complain(printable(text));
  try {
    const parsed = parse(argv);
    if (parsed === "help") {
      print(HELP);
      return 0;
    }
    await followClock();
    const ctx = supportContext("cli", { log: logger().child({}, { level: "silent" }) });
    return await parsed.command.run({ ctx, args: parsed.args, options: parsed.options, print });
  } catch (error) {
    const code = String((error as { code?: unknown } | null)?.code ?? "");
    const wrongly = error instanceof UsageError || code.startsWith("ERR_PARSE_ARGS");
    // P1…: Prisma's own codes for a server that cannot be reached.
    const away = isTransient(error) || /^P1\d{3}$/.test(code);
    if (wrongly) complain(`${(error as Error).message}\n\`npm run credits -- --help\` says what there is.`);
    else if (away) complain("The database cannot be reached, or is too busy. Is it running?");
    else complain(isAppError(error) ? error.message : String(error));
    return wrongly ? 2 : 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await runCredits(process.argv.slice(2), { print: console.log, complain: console.error });
  await allFinished();
  await closePool();
}
