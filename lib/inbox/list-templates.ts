import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { whatsAppNumbersOf } from "@/lib/garage/business-accounts";
import { AppError } from "@/lib/shared/errors";
import { type TemplateContent, type TemplateVariable, variablesOf } from "./core/template";
import { type KnownValues, knownValues } from "./core/template-values";
import { knownOf } from "./known-of";
import { type AskTemplates, readTemplates } from "./read-templates";
import { findAddressee, listReadings, listStored, type StoredTemplate } from "./store/templates";

export type TemplateDto = {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  /** utility or marketing. */
  readonly category: string;
  readonly content: TemplateContent;
  /** Each placeholder with what it is filled with for the conversation; empty where that is not known. */
  readonly variables: readonly (TemplateVariable & { readonly value: string })[];
  /** Why it cannot be sent from here; null where it can. */
  readonly unusable: string | null;
};

export type TemplatesDto = {
  /** Those that WhatsApp has approved. */
  readonly templates: readonly TemplateDto[];
  /** Others, which are rejected, paused or waiting. */
  readonly notApproved: number;
  /** Whether WhatsApp has said which business account the garage's number belongs to. */
  readonly account: "known" | "unknown";
  /** When they were last read from WhatsApp; null before the first time. */
  readonly readAt: string | null;
  /** Why the latest reading failed; null where it did not. */
  readonly failure: string | null;
};

/**
 * The templates that can be sent in a conversation, filled in for its customer; without one, all of the garage's. Needs
 * `messages.send`; another organisation's conversation is not found.
 */
export async function listTemplates(ctx: Ctx, orgId: string, conversationId?: string): Promise<TemplatesDto> {
  requireMember(ctx.actor, orgId, "messages.send");
  const addressee = conversationId === undefined ? undefined : await findAddressee(orgId, conversationId);
  if (conversationId !== undefined && !addressee)
    throw new AppError("not_found", "There is no such conversation.");
  if (addressee && addressee.channel !== "whatsapp")
    throw new AppError("conflict", "Templates are for WhatsApp alone.");
  const accounts = await accountsOf(orgId, addressee?.identity);
  const [stored, readings, known] = await Promise.all([
    listStored(orgId, accounts),
    listReadings(orgId, accounts),
    knownOf(asSystem(ctx, "inbox"), orgId, addressee),
  ]);
  const approved = stored.filter(({ status }) => status === "approved");
  // Several accounts are as old as the oldest.
  const readAt = readings.map((reading) => reading.readAt?.getTime() ?? 0);
  return {
    templates: approved.map((template) => toDto(template, known)),
    notApproved: stored.length - approved.length,
    account: accounts.length > 0 ? "known" : "unknown",
    readAt: readAt.length > 0 && Math.min(...readAt) > 0 ? new Date(Math.min(...readAt)).toISOString() : null,
    failure: readings.find(({ failure }) => failure !== null)?.failure ?? null,
  };
}

/** An account that was asked so lately has said what it has to say. */
const REST_MS = 10_000;

/** As `listTemplates`, read from WhatsApp first. Throws as that does; a failed reading is said in the answer. */
export async function refreshTemplates(
  ctx: Ctx,
  ask: AskTemplates,
  orgId: string,
  conversationId?: string,
): Promise<TemplatesDto> {
  requireMember(ctx.actor, orgId, "messages.send");
  const accounts = await accountsOf(orgId);
  const readings = await listReadings(orgId, accounts);
  const since = ctx.now().getTime() - REST_MS;
  const resting = new Set(
    readings
      .filter(({ askedAt, failure }) => failure === null && askedAt.getTime() > since)
      .map(({ accountId }) => accountId),
  );
  const due = accounts.filter((accountId) => !resting.has(accountId));
  await Promise.all(due.map((accountId) => readTemplates(asSystem(ctx, "inbox"), ask, accountId)));
  return listTemplates(ctx, orgId, conversationId);
}

/** The business accounts of a garage's numbers, or of one of them. */
async function accountsOf(orgId: string, identity?: string): Promise<string[]> {
  const numbers = await whatsAppNumbersOf(orgId);
  const own = numbers.filter((number) => identity === undefined || number.identity === identity);
  return [...new Set(own.flatMap(({ accountId }) => accountId ?? []))];
}

function toDto(
  { id, name, language, category, content, unusable }: StoredTemplate,
  known: KnownValues,
): TemplateDto {
  const values = knownValues(content, known);
  const variables = variablesOf(content).map((one) => ({ ...one, value: values[one.key] ?? "" }));
  return { id, name, language, category, content, variables, unusable };
}
