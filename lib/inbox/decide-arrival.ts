import type { Ctx } from "@/lib/auth/context";
import type { GateDecision } from "@/lib/credits/core/decide-gate";
import type { GarageProfile } from "@/lib/garage/garage-profile";
import { JOBS } from "@/lib/queue/jobs";
import { consequencesOf } from "./carry-out";
import { aiPause } from "./core/ai-pause";
import { type Amended, type Amendment, amend } from "./core/amendments";
import { meaningOf } from "./core/consent-words";
import { attentionFor, decideHandling, type Handling } from "./core/decide-handling";
import { mediaPartsOf } from "./core/media-parts";
import type { InboundMessage } from "./core/message";
import { isNews, newsFor } from "./core/news";
import { recognise } from "./core/recognise";
import { windowIsOpen } from "./core/window";
import { afterArrival, type WrittenTo } from "./core/written-to";
import type { Known, Namesake } from "./store/arrivals";
import type { Arrival } from "./store/arrive";
import type { ConsentChange } from "./store/contacts";
import { NOTHING_RECENT } from "./store/messages";

/** Messages of one sender to one number of ours, in their order. */
export type Run = {
  readonly ctx: Ctx;
  readonly garage: GarageProfile;
  readonly messages: readonly [InboundMessage, ...InboundMessage[]];
};

/** A message that is new, and what was decided for it. */
export type Taken = {
  readonly id: string;
  readonly message: InboundMessage;
  readonly gate: GateDecision;
  readonly amended: Amended;
  readonly handling: Handling;
};

export type DecidedArrival = { readonly arrival: Arrival; readonly taken: readonly Taken[] };

const NOBODYS = {
  heldBy: null,
  aiPausedUntil: null,
  identityAt: null,
  windowEndsAt: null,
  doneAt: null,
  snoozedUntil: null,
};

/** What is to be stored of a run, from what is known of its sender; undefined where all of it is stored. */
export function decideArrival(run: Run, known: Known, gate: GateDecision): DecidedArrival | undefined {
  const { ctx, garage } = run;
  const now = ctx.now();
  const fresh = withoutRepeats(run.messages, known.stored);
  const [first] = fresh;
  if (!first) return undefined;
  const { sender, channel } = first;
  const { contact, newName, isNewHolder } = recognise(sender, known.namesakes, known.holders);
  const conversation = contact?.conversation ?? {
    ...NOBODYS,
    id: ctx.newId(),
    version: null,
    identity: first.identity,
  };
  const given = fresh.flatMap(asAmendment);
  const earlier = known.amendments.filter(({ conversationId }) => conversationId === conversation.id);
  const amendments = [...earlier, ...given];
  const recent = { ...(contact?.conversation?.recent ?? NOTHING_RECENT) };
  const pause = aiPause(conversation, gate, now);
  let writtenTo: WrittenTo = conversation;
  let optedOut = contact?.optedOut ?? false;
  const taken: Taken[] = [];
  const consents: ConsentChange[] = [];
  for (const message of fresh) {
    writtenTo = afterArrival(writtenTo, message);
    const consent = meaningOf(message.consent, optedOut);
    const amended = amend(message, amendments);
    const handling = decideHandling({
      wantsAnswer: message.wantsAnswer,
      unreadable: message.type === "unsupported",
      revoked: amended.revokedAt !== null,
      consent,
      canBeAnswered: message.sender.canBeAnswered,
      optedOut,
      windowOpen: message.channel === "sms" || windowIsOpen(writtenTo.windowEndsAt ?? new Date(0), now),
      pause,
      ...recent,
      now,
    });
    if (handling.kind === "degrade" && handling.canned) {
      recent.recentCanned += 1;
      recent.cannedInHold = true;
    }
    if (consent !== null) {
      consents.push({ id: ctx.newId(), kind: consent, source: "message", at: message.at });
      optedOut = consent === "opt_out";
    }
    taken.push({ id: ctx.newId(), message, gate, amended, handling });
  }
  const consequences = consequencesOf(ctx, garage, { id: conversation.id, channel }, taken);
  const { identity, identityAt, windowEndsAt } = writtenTo;
  const attention = lastOf(taken, ({ handling }) => attentionFor(handling));
  const hasNews =
    attention !== null || taken.some(({ message, amended }) => isNews(message.type, amended.revokedAt));
  const news = {
    inboundAt: hasNews ? now : null,
    degradedReason: lastOf(taken, ({ handling }) => ("reason" in handling ? handling.reason : null)),
  };
  const arrival: Arrival = {
    contact: {
      id: contact?.id ?? ctx.newId(),
      version: contact?.version ?? null,
      sender,
      newName,
      changed: contact !== undefined && saysMore(sender, contact),
    },
    conversation: {
      id: conversation.id,
      version: conversation.version,
      identity,
      identityAt,
      windowEndsAt,
      lastMessageAt: latest([...fresh, ...consequences.canned.map(({ words }) => words)]),
      attention,
      ...newsFor(conversation, news, ctx.newId),
    },
    isNewHolder,
    consents,
    messages: taken,
    amendments: given,
    consequences,
    fetches: taken.flatMap(({ id: messageId, message }) =>
      mediaPartsOf(message).length > 0
        ? [{ messageId, job: JOBS["fetch-media"].plan({ orgId: garage.orgId, messageId }) }]
        : [],
    ),
    receivedAt: now,
  };
  return { arrival, taken };
}

/** Without what is stored already, and without what the run itself repeats. */
function withoutRepeats(messages: readonly InboundMessage[], stored: readonly string[]): InboundMessage[] {
  const seen = new Set(stored);
  return messages.filter(({ providerId }) => {
    if (seen.has(providerId)) return false;
    seen.add(providerId);
    return true;
  });
}

function asAmendment({ type, refersTo, body, at }: InboundMessage): Amendment[] {
  const amends = type === "edit" || type === "revoke";
  return amends && refersTo !== undefined ? [{ type, refersTo, body, at }] : [];
}

const DETAILS = ["waId", "bsuid", "phone", "name", "username"] as const;

const saysMore = (sender: InboundMessage["sender"], contact: Namesake): boolean =>
  DETAILS.some((detail) => sender[detail] !== undefined && sender[detail] !== contact[detail]);

/** What the latest message says that says anything. */
const lastOf = <Said>(taken: readonly Taken[], ask: (one: Taken) => Said | null): Said | null =>
  taken.map(ask).findLast((said) => said !== null) ?? null;

const latest = (said: readonly { readonly at: Date }[]): Date =>
  new Date(Math.max(...said.map(({ at }) => at.getTime())));
