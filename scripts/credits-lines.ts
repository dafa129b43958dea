// The part of `npm run credits` that is about garages' lines.

import { prisma } from "@/lib/db/prisma";
import type { LineChannel, LineKey, OwnedLine } from "@/lib/garage/line";
import { toE164 } from "@/lib/shared/phone-number";
import { assignLine } from "@/lib/support/assign-line";
import type { LeftBehind } from "@/lib/support/line-act";
import { listLines } from "@/lib/support/list-lines";
import { moveLine } from "@/lib/support/move-line";
import { takeLine } from "@/lib/support/take-line";
import { organisationOf } from "./credits-account";
import { type Call, type Command, inFull, UsageError } from "./credits-arguments";

export const lineCommands: Readonly<Record<string, Command>> = {
  line: {
    arguments: 1,
    atMost: 4,
    options: ["id", "number", "account", "reason", "key"],
    run: line,
  },
};

const CHANNELS: readonly LineChannel[] = ["voice", "whatsapp", "sms"];
const HOW = "line takes assign, move, take or list: `line assign <slug> <channel> <number>`.";

function line(call: Call): Promise<number> {
  const [verb, ...args] = call.args;
  const within: Call = { ...call, args };
  switch (verb) {
    case "assign":
      return assign(within);
    case "move":
      return move(within);
    case "take":
      return take(within);
    case "list":
      return list(within);
    default:
      throw new UsageError(HOW);
  }
}

/** A WhatsApp line is named by Meta's id, the others by their number. */
function keyOf(args: readonly string[]): LineKey {
  const [, channel = "", given = ""] = args;
  const known = CHANNELS.find((one) => one === channel);
  if (!known || given === "") throw new UsageError(`${HOW} A channel is voice, whatsapp or sms.`);
  if (known === "whatsapp") {
    if (!/^\d{6,20}$/.test(given))
      throw new UsageError(`"${given}" is not Meta's id of a WhatsApp number: that is digits only.`);
    return { channel: known, identity: given };
  }
  return { channel: known, identity: numberOf(given) };
}

function numberOf(given: string): string {
  const number = toE164(given);
  if (number === undefined) throw new UsageError(`"${given}" is not a telephone number.`);
  return number;
}

/** Without a key of its own each act is another one: a line that was moved may come back. */
const actOf = ({ ctx, options }: Call, what: string) => ({
  key: options.key || ctx.newId(),
  reason: options.reason ?? `${what} from the command line`,
});

async function assign(call: Call): Promise<number> {
  const { ctx, args, options, print } = call;
  const { channel, identity } = keyOf(args);
  const { id, number, account } = options;
  if (channel === "whatsapp" && id !== undefined) throw new UsageError("--id is for voice and SMS.");
  if (channel !== "whatsapp" && (number ?? account) !== undefined)
    throw new UsageError("--number and --account are for WhatsApp.");
  if (channel === "sms" && id !== undefined && !/^MG[0-9a-f]{32}$/i.test(id))
    throw new UsageError("--id of an SMS number is a Messaging Service, MG and 32 digits.");
  const organisation = await organisationOf(args[0]);
  const { kind } = await assignLine(ctx, {
    ...{ orgId: organisation.id, channel, identity, ...actOf(call, "assigned") },
    providerId: id ?? null,
    number: number === undefined ? null : numberOf(number),
    accountId: account ?? null,
  });
  if (kind === "assigned")
    print(
      `${organisation.name} has ${channel} ${identity}. It serves once they connect it in Settings > Channels.`,
    );
  else print("This key was used before: nothing changed.");
  return 0;
}

async function move(call: Call): Promise<number> {
  const { ctx, args, print } = call;
  const key = keyOf(args);
  const to = await organisationOf(args[0]);
  const outcome = await moveLine(ctx, { ...key, ...actOf(call, "moved"), to: to.id });
  if (outcome.kind === "replayed") print("This key was used before: nothing changed.");
  else {
    const from = await prisma().organization.findUnique({ where: { id: outcome.from } });
    print(`${to.name} has ${key.channel} ${key.identity}, and has to connect it.`);
    print(whatStays(from?.name ?? outcome.from, outcome.left));
  }
  return 0;
}

async function take(call: Call): Promise<number> {
  const { ctx, args, print } = call;
  const key = keyOf(args);
  const organisation = await organisationOf(args[0]);
  const outcome = await takeLine(ctx, { ...key, ...actOf(call, "taken"), orgId: organisation.id });
  if (outcome.kind === "replayed") print("This key was used before: nothing changed.");
  else {
    print(`Nobody has ${key.channel} ${key.identity} now.`);
    print(whatStays(organisation.name, outcome.left));
  }
  return 0;
}

function whatStays(name: string, left: LeftBehind | undefined): string {
  if (!left) return `${name} is not called on it any more; their call log stays.`;
  const { conversations, openWindows } = left;
  return (
    `${name} keeps ${inFull(conversations)} ${conversations === 1 ? "conversation" : "conversations"} that came by it, ` +
    `${inFull(openWindows)} of them with an open window. They can be read; nothing more can be sent in them.`
  );
}

async function list({ ctx, args, print }: Call): Promise<number> {
  if (args.length > 1) throw new UsageError(`"${args[1]}" is one argument too many.`);
  const organisation = args[0] === undefined ? undefined : await organisationOf(args[0]);
  const lines = await listLines(ctx, organisation?.id);
  if (lines.length === 0) print("There are no lines.");
  const named = await prisma().organization.findMany({
    where: { id: { in: lines.map(({ orgId }) => orgId) } },
    select: { id: true, slug: true },
  });
  const slugs = new Map(named.map(({ id, slug }) => [id, slug]));
  for (const one of lines) print(describe(one, slugs.get(one.orgId) ?? one.orgId));
  return 0;
}

function describe({ channel, identity, providerId, number, connectedAt }: OwnedLine, slug: string): string {
  const beside = providerId ?? (number === identity ? "" : (number ?? ""));
  return [
    slug.padEnd(20),
    channel.padEnd(8),
    identity.padEnd(18),
    connectedAt ? "connected" : "assigned ",
    beside,
  ]
    .join(" ")
    .trimEnd();
}
