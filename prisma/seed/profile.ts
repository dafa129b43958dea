import { prisma } from "@/lib/db/prisma";
import type { Closure, WeekHours } from "@/lib/garage/core/opening-hours";

/** What a garage is, apart from its credits: its row, its numbers and how its AI sounds. */
export type OrganisationProfile = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  /** 1 upwards; every number of the garage is made from it. */
  readonly n: number;
  /** Null: nobody has said them, as in a garage that is still being set up. */
  readonly week: WeekHours | null;
  readonly services: readonly string[];
  readonly assistant: { readonly name: string; readonly voiceId: string };
};

/** By what the providers know the garage. */
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

/** Stores the garage, its four provider identities and its persona; what is there already stays as it is. */
export async function saveProfile(
  profile: OrganisationProfile,
  created: { readonly at: Date; readonly metadata: string | null },
): Promise<void> {
  const orgId = profile.id;
  const { phone, displayPhone, vapiNumberId, whatsAppNumberId, businessAccountId } = numbersOf(profile.n);
  const organisation = {
    id: orgId,
    name: profile.name,
    slug: profile.slug,
    phone: displayPhone,
    portalUrl: `https://${profile.slug}.example`,
    services: [...profile.services],
    ...(profile.week ? { openingHours: profile.week } : {}),
    closures: closuresAfter(created.at),
    createdAt: created.at,
    metadata: created.metadata,
  };
  await prisma().organization.createMany({ data: [organisation], skipDuplicates: true });
  await prisma().channelNumber.createMany({
    data: [
      { orgId, channel: "voice", identity: phone },
      { orgId, channel: "voice", identity: vapiNumberId, aliasOf: phone },
      { orgId, channel: "sms", identity: phone },
      { orgId, channel: "whatsapp", identity: whatsAppNumberId, accountId: businessAccountId, number: phone },
    ],
    skipDuplicates: true,
  });
  await prisma().voicePersona.createMany({ data: [personaOf(profile)], skipDuplicates: true });
}

/** Shut between Christmas and the next working day, in every year that the demo may show. */
const closuresAfter = (at: Date): Closure[] =>
  [0, 1].map((years) => {
    const year = at.getUTCFullYear() + years;
    return { from: `${year}-12-25`, to: `${year}-12-28`, name: "Christmas" };
  });

/** `voice` and `transcriber` are in the voice provider's own shape: they are passed on as they are. */
function personaOf(profile: OrganisationProfile) {
  const { name, assistant } = profile;
  return {
    orgId: profile.id,
    assistantName: assistant.name,
    greeting: `Thanks for calling ${name}, this is ${assistant.name}. How can I help?`,
    instructions: [
      `You are ${assistant.name}, the receptionist of ${name}, a British garage. Use British words: MOT, tyre, bonnet, boot, petrol.`,
      "Keep answers under two sentences and ask one question at a time.",
      "Ask for the registration before you look anything up, and read it back letter by letter.",
      "Offer to book an appointment when the caller describes a fault. Never guess a price: say that a technician will confirm it.",
      "If the caller is stranded or smells petrol, tell them to move to safety first and take their number for an urgent call back.",
    ].join("\n"),
    voice: {
      provider: "11labs",
      voiceId: assistant.voiceId,
      model: "eleven_turbo_v2_5",
      stability: 0.5,
      similarityBoost: 0.75,
      speed: 1,
    },
    transcriber: {
      provider: "deepgram",
      model: "nova-3",
      language: "en-GB",
      smartFormat: true,
      keyterm: [name, "MOT"],
    },
    model: "gpt-4.1",
    fastModel: "gpt-4.1-mini",
  };
}
