import { type Ctx, requireSystem } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { listBusinessAccounts, organisationsOf } from "@/lib/garage/business-accounts";
import { publishLive } from "@/lib/notify/live";
import type { Template } from "./core/template";
import { beginReading, endReading, replaceTemplates } from "./store/templates";

/** What the provider has for a business account, or why that is not known, in words for staff. */
export type TemplateListing =
  | { readonly kind: "read"; readonly templates: readonly Template[] }
  | { readonly kind: "failed"; readonly reason: string };

/** Asks the provider; never throws. */
export type AskTemplates = (accountId: string) => Promise<TemplateListing>;

/**
 * Reads a business account's templates and stores them for each of its garages: what is no longer listed is gone. A
 * failed reading leaves what there is, and says why. For the system only.
 */
export async function readTemplates(
  ctx: Ctx,
  ask: AskTemplates,
  accountId: string,
): Promise<TemplateListing> {
  requireSystem(ctx.actor);
  const orgIds = await organisationsOf(ctx, accountId);
  if (orgIds.length === 0) return { kind: "read", templates: [] };
  const askedAt = ctx.now();
  const listing = await ask(accountId);
  for (const orgId of orgIds) {
    const changed = await inTransaction(async (tx) => {
      const account = { orgId, accountId };
      if (!(await beginReading(tx, account, askedAt))) return false;
      const failure = listing.kind === "failed" ? listing.reason : null;
      await endReading(tx, account, { askedAt, failure });
      if (listing.kind === "failed") return false;
      const named = once(listing.templates).map((template) => ({ ...template, id: ctx.newId() }));
      return replaceTemplates(tx, account, named);
    });
    if (changed) publishLive({ type: "templates/changed", orgId });
  }
  if (listing.kind === "failed")
    ctx.log.warn({ accountId, reason: listing.reason }, "templates could not be read");
  return listing;
}

/** One of each name and language, should a provider list one on two pages. */
const once = (templates: readonly Template[]): Template[] => [
  ...new Map(templates.map((one) => [`${one.name} ${one.language}`, one])).values(),
];

const AT_ONCE = 4;
/** After so many failures in a row the provider is away: the next run tries the others. */
const GIVE_UP_AFTER = 12;

/** Reads every account's templates, a few at once: one that is slow holds up no other. For the system only. */
export async function readAllTemplates(
  ctx: Ctx,
  ask: AskTemplates,
): Promise<{ read: number; failed: number }> {
  requireSystem(ctx.actor);
  const waiting = (await listBusinessAccounts(ctx)).values();
  const tally = { read: 0, failed: 0 };
  let failedInARow = 0;
  const run = async (): Promise<void> => {
    for (const accountId of waiting) {
      if (failedInARow >= GIVE_UP_AFTER) return;
      const kind = await readTemplates(ctx, ask, accountId).then(
        (listing) => listing.kind,
        (error: unknown) => {
          ctx.log.error({ err: error, accountId }, "templates could not be stored");
          return "failed" as const;
        },
      );
      tally[kind] += 1;
      failedInARow = kind === "failed" ? failedInARow + 1 : 0;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, run));
  return tally;
}
