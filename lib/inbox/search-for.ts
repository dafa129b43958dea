import { type Ctx, requireSystem } from "@/lib/auth/context";
import { numbersOfNamed, numbersOfOwners } from "@/lib/garage/numbers-of-owners";
import { MAX_SEARCH, numberForms, registrationForm } from "./core/search-forms";
import { type Found, indexMessages, lookFor } from "./store/conversation-search";

/**
 * What a text finds: words of messages and notes, names as customers write them and as the garage's records have them, numbers
 * as people write them, and registrations through whose vehicle it is. Messages that have just arrived are found too. For the system only.
 */
export async function searchFor(ctx: Ctx, orgId: string, search: string): Promise<Found> {
  requireSystem(ctx.actor);
  // PostgreSQL's text holds no zero character; half a pair at the cut is no character either.
  const text = search
    .replaceAll("\0", " ")
    .trim()
    .slice(0, MAX_SEARCH)
    .replace(/\p{Surrogate}/gu, "");
  const registration = registrationForm(text);
  const [owners, named] = await Promise.all([
    registration === undefined ? [] : numbersOfOwners(ctx, orgId, registration),
    numbersOfNamed(ctx, orgId, text),
    indexMessages(orgId),
  ]);
  const phones = [...new Set([...owners, ...named])];
  return lookFor(orgId, text, { number: numberForms(text), phones });
}
