import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { processWide } from "@/lib/shared/process-wide";
import { listAccounts, listNumbers, listOrganisations, saveAccount } from "./store/business-accounts";

// WhatsApp's business accounts. A number belongs to one, which its signed webhooks name; garages may share one.

/** What this process has noted, so that the next delivery of a number asks nothing. */
const noted = processWide("business-accounts", () => new Map<string, string>());
const MOST_NOTED = 10_000;

/**
 * Notes which business account a WhatsApp number (Meta's phone_number_id) belongs to. Whether that is new for a garage's
 * number. For the system only.
 */
export async function noteBusinessAccount(ctx: Ctx, identity: string, accountId: string): Promise<boolean> {
  requireSystem(ctx.actor);
  if (noted().get(identity) === accountId) return false;
  const orgId = await saveAccount(identity, accountId);
  if (noted().size >= MOST_NOTED) noted().clear();
  noted().set(identity, accountId);
  return orgId !== undefined;
}

/** Every business account of a garage's. For the system only. */
export async function listBusinessAccounts(ctx: Ctx): Promise<string[]> {
  requireSystem(ctx.actor);
  return listAccounts();
}

/** The organisations whose numbers belong to a business account. For the system only. */
export async function organisationsOf(ctx: Ctx, accountId: string): Promise<string[]> {
  requireSystem(ctx.actor);
  return listOrganisations(accountId);
}

export type WhatsAppNumber = {
  /** Meta's phone_number_id. */
  readonly identity: string;
  /** Null until Meta has named it. */
  readonly accountId: string | null;
};

/** A garage's WhatsApp numbers with their business accounts, within `tx` where there is one. */
export const whatsAppNumbersOf = (orgId: string, tx?: Queryable): Promise<WhatsAppNumber[]> =>
  listNumbers(orgId, tx);
