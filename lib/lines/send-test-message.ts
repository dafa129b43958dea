import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { count, type Limit } from "@/lib/db/limiter";
import { garageChanged } from "@/lib/garage/garage-changed";
import { getGarage } from "@/lib/garage/get-garage";
import { isAnyLine } from "@/lib/garage/is-any-line";
import type { LineKey, OwnedLine } from "@/lib/garage/line";
import { ownNumbersOf } from "@/lib/garage/own-numbers";
import { notWrittenFirst } from "@/lib/garage/written-first";
import { wayToWrite } from "@/lib/inbox/line-traffic";
import { AppError, tooOften } from "@/lib/shared/errors";
import { toE164 } from "@/lib/shared/phone-number";
import { withoutLinks } from "@/lib/shared/visible-text";
import { getLine, type LineDto, ownLine } from "./list-lines";
import type { TestSenders } from "./provider";
import { insertTest } from "./store/tests";

export type TestInput = LineKey & {
  readonly orgId: string;
  /** Whom to write to, as it was typed. */
  readonly to: string;
};

/** Of a garage: each costs us, and reaches somebody. */
const LIMIT: Limit = { name: "test-message", times: 10, seconds: 3_600 };

/**
 * Sends a message to a number that the member gives, to try a line. It is in no conversation, costs no credits, and says that it
 * is a test. On WhatsApp it goes in words while that number's window is open, else by an approved template that has nothing to
 * fill in. Throws invalid_input (`to`), rate_limited after ten an hour of a garage, and conflict with the reason where the line
 * or the number cannot be used. What the provider refuses is kept as the test's failure. Needs `settings.manage`.
 */
export async function sendTestMessage(
  ctx: Ctx,
  senders: TestSenders,
  { orgId, to: typed, ...key }: TestInput,
): Promise<LineDto> {
  const { userId } = requireMember(ctx.actor, orgId, "settings.manage");
  const line = await ownLine(ctx, orgId, key);
  const to = await readNumber(orgId, typed);
  const { channel, identity } = line;
  if (channel === "voice") throw new AppError("invalid_input", "A phone line is tried by a call.");
  if (line.connectedAt === null) throw new AppError("conflict", "Connect this number before you try it.");
  const { body, template } = await wordsFor(ctx, line, channel, to);
  const seconds = await count(LIMIT, orgId);
  if (seconds > 0) throw tooOften(seconds);
  const id = ctx.newId();
  const outcome = await senders[channel]({ id, orgId, identity, to, body, template });
  await insertTest({
    ...{ orgId, id, channel, identity, body, recipient: to, sentBy: userId, at: ctx.now() },
    providerId: outcome.kind === "sent" ? outcome.providerId : null,
    failure: outcome.kind === "sent" ? null : (outcome.reason ?? "The provider refused it."),
  });
  garageChanged(orgId);
  return getLine(ctx, orgId, line);
}

async function wordsFor(ctx: Ctx, line: OwnedLine, channel: "whatsapp" | "sms", to: string) {
  const system = asSystem(ctx, "lines");
  const { orgId, identity, accountId } = line;
  const way = await wayToWrite(system, { orgId, channel, identity, to, accountId });
  switch (way.kind) {
    case "opted-out":
      return refuse("This number has opted out of your messages: give another one.");
    case "window-closed":
      return refuse(
        "WhatsApp lets you write only to who has written within 24 hours: write to this line from that phone first, then send the test.",
      );
    case "template":
      return { body: way.words, template: way.template };
    case "text": {
      const { name } = await getGarage(system, orgId);
      return {
        body: `Test message from ${withoutLinks(name)}: this number can send. No need to reply.`,
        template: undefined,
      };
    }
  }
}

async function readNumber(orgId: string, typed: string): Promise<string> {
  const to = toE164(typed.trim());
  if (to === undefined) refuse("This is not a telephone number: check its digits.");
  const why = notWrittenFirst(to, await ownNumbersOf(orgId));
  if (why) refuse(REFUSED[why]);
  if (await isAnyLine(to)) refuse("This number can’t be written to for a test: give your own mobile.");
  return to;
}

const REFUSED = {
  special: "Premium-rate and special numbers can’t be written to: give your own mobile.",
  own: "This is one of your garage’s own numbers: give another one.",
  "no-uk-mobile": "A test goes to a UK mobile alone: give your own.",
} as const;

function refuse(message: string): never {
  throw new AppError("invalid_input", message, { field: "to" });
}
