import { vi } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import type { SubscriptionState } from "@/lib/credits/core/subscription";
import { grantCredits } from "@/lib/credits/grant-credits";
import { openAccount } from "@/lib/credits/open-account";
import { prisma } from "@/lib/db/prisma";
import type { WeekHours } from "@/lib/garage/core/opening-hours";
import { warmDirectory } from "@/lib/garage/directory";
import { newId } from "@/lib/shared/ids";
import { credits, microGbp } from "@/lib/shared/money";
import { saveGarage } from "./garage-rows";

export type Garage = { readonly orgId: string; readonly number: string; readonly phoneNumberId: string };

/** Beside the numbers of the other factories. */
const FIRST = 2_000;
let serial = 0;

/**
 * The application loads every line when it starts, so that a database which is slow, or away, does not matter to a call.
 * Here the lines count as loaded long ago, so that whatever a test changes afterwards is read.
 */
async function knowLines(): Promise<void> {
  const clock = vi.spyOn(performance, "now").mockReturnValue(Number.NEGATIVE_INFINITY);
  await warmDirectory().finally(() => clock.mockRestore());
}

/** A garage with a line, a persona and so many whole credits. */
export async function givenGarage(
  ctx: Ctx,
  options: {
    state?: SubscriptionState;
    credits?: number;
    persona?: boolean;
    phone?: string;
    week?: WeekHours;
  } = {},
): Promise<Garage> {
  serial += 1;
  const {
    orgId,
    phone: number,
    vapiNumberId: phoneNumberId,
  } = await saveGarage({
    n: FIRST + serial,
    phone: options.phone ?? null,
    week: options.week ?? null,
    ...(options.persona === undefined ? {} : { persona: options.persona }),
  });
  const state = options.state ?? "active";
  await openAccount(ctx, { orgId, state, allowance: credits(0), trialCap: microGbp(0n) });
  const amount = credits(options.credits ?? 100);
  if (amount > 0n) await grantCredits(ctx, { orgId, kind: "purchased", amount, key: `pack:${orgId}` });
  await knowLines();
  return { orgId, number, phoneNumberId };
}

export async function givenCustomer(
  orgId: string,
  customer: { name: string; phone?: string; registration: string; description?: string; motDue?: Date },
): Promise<{ customerId: string; vehicleId: string }> {
  const customerId = newId();
  const vehicleId = newId();
  const { name, phone = null, registration, description = "Ford Fiesta", motDue = null } = customer;
  await prisma().customer.create({ data: { orgId, id: customerId, name, phone } });
  await prisma().vehicle.create({
    data: { orgId, id: vehicleId, customerId, registration, description, motDue },
  });
  return { customerId, vehicleId };
}
