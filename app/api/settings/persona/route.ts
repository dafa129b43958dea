import { z } from "zod";
import { getPersonaSettings, savePersonaSettings } from "@/lib/garage/persona-settings";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** How the garage's assistant is, and what it can be. */
export const GET = memberRoute("settings/persona", {
  act: ({ ctx, orgId }) => getPersonaSettings(ctx, orgId),
});

/** Changes it, whole; answers with what is stored then. */
export const PUT = memberRoute("settings/save-persona", {
  body: z.object({
    assistantName: z.string(),
    greeting: z.string(),
    instructions: z.string(),
    voice: z.string(),
    transcriber: z.string(),
    language: z.string(),
    mayBook: z.boolean(),
    mayLookUp: z.boolean(),
    version: z.number().int(),
  }),
  limit: LIMITS.change,
  act: ({ ctx, orgId, body }) => savePersonaSettings(ctx, orgId, body),
});
