import { env } from "@/lib/shared/env";
import { tellProvider } from "./control";

/** Whose WhatsApp number the demo shows with something wrong; everybody else's is well. */
const SICK = "lowfell";

/** Tells the local Meta that one garage's number has a low quality. Safe to run again. */
export async function seedSickLine(): Promise<void> {
  const health = { line: SICK, whatsapp: { quality_rating: "RED", status: "FLAGGED" } };
  await tellProvider(env().META_API_BASE, "/lines/health", health);
}
