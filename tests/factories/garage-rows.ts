import { hashPassword } from "better-auth/crypto";
import { ROLES } from "@/lib/auth/permissions";
import { prisma } from "@/lib/db/prisma";
import type { WeekHours } from "@/lib/garage/core/opening-hours";
import { newId } from "@/lib/shared/ids";

// What a garage is apart from its credits: its row, its numbers, how its AI sounds, and its people. Every factory of garages
// makes it here, and none of the demo's seed.

export const VOICE = { provider: "11labs", voiceId: "voice-of-the-garage", stability: 0.5 };
export const TRANSCRIBER = { provider: "deepgram", model: "nova-3", language: "en-GB", keyterm: ["MOT"] };

const WORKDAY = [{ from: "08:00", to: "17:30" }];
export const WEEKDAYS: WeekHours = {
  mon: WORKDAY,
  tue: WORKDAY,
  wed: WORKDAY,
  thu: WORKDAY,
  fri: WORKDAY,
  sat: "closed",
  sun: "closed",
};

const PASSWORD = "torqueflow-demo";

/** By what the providers know a garage: all of it follows from one number. */
export function numbersOf(n: number) {
  const line = String(n).padStart(4, "0");
  return {
    phone: `+44113496${line}`,
    displayPhone: `0113 496 ${line}`,
    vapiNumberId: `vapi-number-${n}`,
    whatsAppNumberId: `1${String(n).padStart(14, "0")}`,
    businessAccountId: `2${String(n).padStart(14, "0")}`,
  };
}

export type GarageRows = ReturnType<typeof numbersOf> & {
  readonly orgId: string;
  readonly slug: string;
  readonly name: string;
};

/** Stores a garage without an account. */
export async function saveGarage(given: {
  readonly n: number;
  readonly orgId?: string;
  readonly slug?: string;
  readonly name?: string;
  readonly week?: WeekHours | null;
  readonly phone?: string | null;
  readonly persona?: boolean;
  readonly at?: Date;
}): Promise<GarageRows> {
  const { n, orgId = newId(), slug = `garage-${n}`, name = `Garage ${n}`, at = new Date() } = given;
  const numbers = numbersOf(n);
  await prisma().organization.create({
    data: {
      id: orgId,
      slug,
      name,
      services: ["MOT", "Servicing"],
      phone: given.phone === undefined ? numbers.displayPhone : given.phone,
      ...(given.week === null ? {} : { openingHours: given.week ?? WEEKDAYS }),
      portalUrl: `https://${slug}.example`,
      createdAt: at,
    },
  });
  await prisma().channelNumber.createMany({
    data: [
      { orgId, channel: "voice", identity: numbers.phone },
      { orgId, channel: "voice", identity: numbers.vapiNumberId, aliasOf: numbers.phone },
      { orgId, channel: "sms", identity: numbers.phone },
      {
        orgId,
        channel: "whatsapp",
        identity: numbers.whatsAppNumberId,
        accountId: numbers.businessAccountId,
      },
    ],
  });
  if (given.persona !== false) await prisma().voicePersona.create({ data: personaOf(orgId) });
  return { orgId, slug, name, ...numbers };
}

const personaOf = (orgId: string) => ({
  orgId,
  assistantName: "Ava",
  greeting: "Thanks for calling, this is Ava. How can I help?",
  instructions: "You are Ava.",
  voice: VOICE,
  transcriber: TRANSCRIBER,
  model: "gpt-4.1",
  fastModel: "gpt-4.1-mini",
});

let hash: Promise<string> | undefined;

/** An owner, a manager, an advisor and a technician of a garage, who sign in as the demo's people do. */
export async function saveStaff({ orgId, slug }: GarageRows, at: Date): Promise<void> {
  hash ??= hashPassword(PASSWORD); // made to take its time
  const password = await hash;
  const times = { createdAt: at, updatedAt: at };
  const staff = ROLES.map((role) => ({ id: newId(), role, email: `${role}@${slug}.test` }));
  await prisma().user.createMany({
    data: staff.map(({ id, role, email }) => ({
      ...{ id, email, name: `${slug} ${role}`, emailVerified: true, ...times },
    })),
  });
  await prisma().account.createMany({
    data: staff.map(({ id }) => ({
      ...{ id: newId(), accountId: id, providerId: "credential", userId: id, password, ...times },
    })),
  });
  await prisma().member.createMany({
    data: staff.map(({ id, role }) => ({
      ...{ id: newId(), organizationId: orgId, userId: id, role, createdAt: at },
    })),
  });
}
