import { type Ctx, requireSystem } from "@/lib/auth/context";
import { numbersAlone } from "./customer-behind";
import { findCustomersByName, findOwners } from "./store/records";

/** So many vehicles whose registration begins alike are looked at. */
const MOST_VEHICLES = 10;
/** So many customers whose names are alike are looked at. */
const MOST_NAMESAKES = 200;

/**
 * The telephone numbers (E.164) of those who own a vehicle whose registration begins so (upper case, no spaces), where the
 * number is theirs alone (`customerBehind`). For the system only.
 */
export async function numbersOfOwners(ctx: Ctx, orgId: string, registration: string): Promise<string[]> {
  requireSystem(ctx.actor);
  return numbersAlone(ctx, orgId, await findOwners(orgId, registration, MOST_VEHICLES));
}

/**
 * The telephone numbers (E.164) of the customers in whose name all words of a text stand, the last of them as a beginning,
 * where the number is theirs alone (`customerBehind`). For the system only.
 */
export async function numbersOfNamed(ctx: Ctx, orgId: string, text: string): Promise<string[]> {
  requireSystem(ctx.actor);
  return numbersAlone(ctx, orgId, await findCustomersByName(orgId, text, MOST_NAMESAKES));
}
