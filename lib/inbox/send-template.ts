import { type Ctx, requireMember } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { whatsAppNumbersOf } from "@/lib/garage/business-accounts";
import { publishLive } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import { faultsOf, fillTemplate, parametersOf, textOf, type Values } from "./core/template";
import { hold } from "./hold";
import { refuseMeanwhile, type Seen } from "./refuse-meanwhile";
import type { ReplyOutcome } from "./reply";
import { contactOptedOut } from "./store/contacts";
import { type LockedConversation, lockConversation } from "./store/conversations";
import { insertOutbound } from "./store/messages";
import { findOutbound } from "./store/replies";
import { findTemplate, type StoredTemplate } from "./store/templates";
import { usedKey } from "./used-key";

export type SendTemplateInput = {
  readonly orgId: string;
  readonly conversationId: string;
  /** Of the list: it names the words that were previewed, and is gone when they change. */
  readonly templateId: string;
  /** What each placeholder is filled with, by its key. */
  readonly variables: Values;
  /** The browser's own key: the same key sends once, however often it is posted. */
  readonly key: string;
} & Seen;

/**
 * A WhatsApp template to a customer, whether the window is open or not; it opens none. Who sends it holds the
 * conversation, as with a reply. Needs `messages.send`. Throws conflict where the customer has opted out, the template
 * is not the one any more that was shown or the key was used for something else, answered_meanwhile as a reply does, invalid_input with the variable at fault.
 */
export async function sendTemplate(ctx: Ctx, input: SendTemplateInput): Promise<ReplyOutcome> {
  const { userId } = requireMember(ctx.actor, input.orgId, "messages.send");
  const { orgId, conversationId, variables } = input;
  const at = ctx.now();
  const sourceKey = `staff:${userId}:${input.key}`;
  const stored = await inTransaction(async (tx) => {
    const conversation = await lockConversation(tx, orgId, conversationId);
    const earlier = await findOutbound(tx, orgId, sourceKey);
    if (earlier) {
      const shown = await findTemplate(tx, orgId, input.templateId);
      // A template that is gone by now cannot be compared.
      const body = shown ? textOf(fillTemplate(shown.content, variables)) : earlier.body;
      const isSame = earlier.conversationId === conversationId && earlier.isTemplate && earlier.body === body;
      if (!isSame) throw usedKey();
      return undefined;
    }
    const template = await usableTemplate(tx, conversation, input.templateId);
    refuseFaults(template, variables);
    await refuseMeanwhile(tx, conversation, userId, input);
    const filled = fillTemplate(template.content, variables);
    const { name, language, category } = template;
    const id = await insertOutbound(tx, {
      orgId,
      id: ctx.newId(),
      conversationId,
      channel: conversation.channel,
      author: "staff",
      type: "template",
      body: textOf(filled),
      parts: {
        template: {
          name,
          language,
          category,
          parameters: parametersOf(template.content, variables),
          buttons: filled.buttons,
        },
      },
      sourceKey,
      staffUserId: userId,
      at,
    });
    if (id) await hold(tx, ctx, conversation, userId);
    return id;
  });
  if (stored) publishLive({ type: "conversation/changed", orgId, conversationId });
  return { kind: stored ? "queued" : "repeated" };
}

const GONE =
  "This template was withdrawn or changed at WhatsApp. Choose it again as it is now, or choose another one.";
const STOPPED: Readonly<Record<string, string>> = {
  paused: "WhatsApp has paused this template. Choose another one, or text or ring the customer.",
  disabled: "WhatsApp has disabled this template. Choose another one.",
};

async function usableTemplate(
  tx: Queryable,
  { orgId, contactId, channel, identity }: LockedConversation,
  templateId: string,
): Promise<StoredTemplate> {
  if (channel !== "whatsapp") throw new AppError("conflict", "Templates are for WhatsApp alone.");
  if (await contactOptedOut(tx, orgId, contactId))
    throw new AppError("conflict", "This customer has opted out of messages.");
  const template = await findTemplate(tx, orgId, templateId);
  const numbers = await whatsAppNumbersOf(orgId, tx);
  const accountId = numbers.find((number) => number.identity === identity)?.accountId;
  if (!template || template.accountId !== accountId) throw new AppError("conflict", GONE);
  if (template.status !== "approved") throw new AppError("conflict", STOPPED[template.status] ?? GONE);
  if (template.unusable !== null)
    throw new AppError("conflict", `This template can’t be sent from here. ${template.unusable}`);
  return template;
}

function refuseFaults({ content }: StoredTemplate, variables: Values): void {
  const [fault] = Object.entries(faultsOf(content, variables));
  if (!fault) return;
  const [key, message] = fault;
  throw new AppError("invalid_input", message, { field: `variables.${key}` });
}
