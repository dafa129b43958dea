import { type Ctx, requireSystem } from "@/lib/auth/context";
import { toE164 } from "@/lib/shared/phone-number";
import { customerBehind } from "./customer-behind";
import { findOwners } from "./store/records";

/** So many vehicles whose registration begins alike are looked at. */
const MOST = 10;

/**
 * The telephone numbers (E.164) of those who own a vehicle whose registration begins so (upper case, no spaces), where the
 * number is theirs alone (`customerBehind`). For the system only.
 */
export async function numbersOfOwners(ctx: Ctx, orgId: string, registration: string): Promise<string[]> {
  requireSystem(ctx.actor);
  const owners = await findOwners(orgId, registration, MOST);
  const numbers = await Promise.all(
    owners.map(async ({ id, phone }) => {
      const number = toE164(phone ?? undefined);
      return (await customerBehind(ctx, orgId, number))?.id === id ? number : undefined;
    }),
  );
  return numbers.filter((number) => number !== undefined);
}
