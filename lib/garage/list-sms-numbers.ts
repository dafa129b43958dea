import { type Ctx, requireSystem } from "@/lib/auth/context";
import { readSmsNumbers, type SmsNumber } from "./store/profiles";

export type { SmsNumber };

/** Every telephone number of ours that texts come to, with the garage whose it is. For the system only. */
export async function listSmsNumbers(ctx: Ctx): Promise<SmsNumber[]> {
  requireSystem(ctx.actor);
  return readSmsNumbers();
}
