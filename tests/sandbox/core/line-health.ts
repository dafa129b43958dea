import { z } from "zod";

/** How a garage's numbers stand at the providers: everything is well until the control API says otherwise. */
const healthShape = {
  /** Meta's node of the number, in its own words. */
  whatsapp: z.strictObject({
    gone: z.boolean(),
    quality_rating: z.string(),
    status: z.string(),
    name_status: z.string(),
    verified_name: z.string().nullable(),
    code_verification_status: z.string(),
    messaging_limit_tier: z.string().nullable(),
    /** Where its deliveries go; null: to the application. */
    webhook: z.string().nullable(),
    /** Whether the business account has subscribed the app. */
    subscribed: z.boolean(),
  }),
  /** Twilio's number; `sms_url` null: the application's. */
  sms: z.strictObject({ gone: z.boolean(), capable: z.boolean(), sms_url: z.string().nullable() }),
  /** Vapi's number; `serverUrl` null: the application's. */
  voice: z.strictObject({
    gone: z.boolean(),
    status: z.string(),
    serverUrl: z.string().nullable(),
    assistantId: z.string().nullable(),
  }),
};

export const healthInput = z.strictObject({
  line: z.string(),
  whatsapp: healthShape.whatsapp.partial().optional(),
  sms: healthShape.sms.partial().optional(),
  voice: healthShape.voice.partial().optional(),
});

export interface LineHealth {
  whatsapp: z.output<typeof healthShape.whatsapp>;
  sms: z.output<typeof healthShape.sms>;
  voice: z.output<typeof healthShape.voice>;
}

const well = (): LineHealth => ({
  whatsapp: {
    gone: false,
    quality_rating: "GREEN",
    status: "CONNECTED",
    name_status: "APPROVED",
    verified_name: null,
    code_verification_status: "VERIFIED",
    messaging_limit_tier: "TIER_1K",
    webhook: null,
    subscribed: true,
  },
  sms: { gone: false, capable: true, sms_url: null },
  voice: { gone: false, status: "active", serverUrl: null, assistantId: null },
});

/** By slug. */
export function createHealth() {
  const bySlug = new Map<string, LineHealth>();
  const of = (slug: string): LineHealth => bySlug.get(slug) ?? well();
  const change = (slug: string, given: Omit<z.output<typeof healthInput>, "line">): LineHealth => {
    const known = of(slug);
    const merged = (part: keyof LineHealth) => ({
      ...known[part],
      ...Object.fromEntries(Object.entries(given[part] ?? {}).filter(([, value]) => value !== undefined)),
    });
    const next = {
      whatsapp: merged("whatsapp"),
      sms: merged("sms"),
      voice: merged("voice"),
    } as LineHealth;
    bySlug.set(slug, next);
    return next;
  };
  return { of, change, reset: () => bySlug.clear() };
}

export type Health = ReturnType<typeof createHealth>;
