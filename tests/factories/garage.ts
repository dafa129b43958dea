import type { Ctx } from "@/lib/auth/context";
import type { SubscriptionState } from "@/lib/credits/core/subscription";
import { grantCredits } from "@/lib/credits/grant-credits";
import { openAccount } from "@/lib/credits/open-account";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { credits, microGbp } from "@/lib/shared/money";

export type Garage = { readonly orgId: string; readonly number: string; readonly phoneNumberId: string };

export const VOICE = { provider: "11labs", voiceId: "voice-of-the-garage", stability: 0.5 };
export const TRANSCRIBER = { provider: "deepgram", model: "nova-3", language: "en-GB", keyterm: ["MOT"] };

let serial = 0;

/** A garage with a line, a persona and so many whole credits. */
export async function givenGarage(
  ctx: Ctx,
  options: {
    state?: SubscriptionState;
    credits?: number;
    persona?: boolean;
    phone?: string;
    hours?: string;
  } = {},
): Promise<Garage> {
  const orgId = newId();
  serial += 1;
  const number = `+4411349600${String(10 + serial)}`;
  const phoneNumberId = `line-${orgId}`;
  await prisma().organization.create({
    data: {
      id: orgId,
      name: `Garage ${serial}`,
      slug: orgId,
      services: ["MOT", "Service"],
      ...(options.phone === undefined ? {} : { phone: options.phone }),
      ...(options.hours === undefined ? {} : { hours: options.hours }),
    },
  });
  await prisma().channelNumber.createMany({
    data: [number, phoneNumberId].map((identity) => ({ channel: "voice" as const, identity, orgId })),
  });
  if (options.persona !== false) await prisma().voicePersona.create({ data: persona(orgId) });
  const state = options.state ?? "active";
  await openAccount(ctx, { orgId, state, allowance: credits(0), trialCap: microGbp(0n) });
  const amount = credits(options.credits ?? 100);
  if (amount > 0n) await grantCredits(ctx, { orgId, kind: "purchased", amount, key: `pack:${orgId}` });
  return { orgId, number, phoneNumberId };
}

const persona = (orgId: string) => ({
  orgId,
  assistantName: "Ava",
  greeting: "Thanks for calling, this is Ava. How can I help?",
  instructions: "You are Ava.",
  voice: VOICE,
  transcriber: TRANSCRIBER,
  model: "gpt-4.1",
  fastModel: "gpt-4.1-mini",
});

export async function givenCustomer(
  orgId: string,
  customer: { name: string; phone?: string; registration: string; description?: string },
): Promise<{ customerId: string; vehicleId: string }> {
  const customerId = newId();
  const vehicleId = newId();
  const { name, phone = null, registration, description = "Ford Fiesta" } = customer;
  await prisma().customer.create({ data: { orgId, id: customerId, name, phone } });
  await prisma().vehicle.create({ data: { orgId, id: vehicleId, customerId, registration, description } });
  return { customerId, vehicleId };
}
