import { type Ctx, requireSystem } from "@/lib/auth/context";
import { processWide } from "@/lib/shared/process-wide";
import type { GarageProfile } from "./garage-profile";
import { readGarageByIdentity } from "./store/profiles";

/** A change of name, telephone or portal is in the canned words after this at the latest. */
const TTL_MS = 5_000;

type Asked = { readonly answer: Promise<GarageProfile | undefined>; readonly at: number };

/** By channel and identity. Only garages that were found are kept, or are being asked for. */
const directory = processWide("message-directory", () => new Map<string, Asked>());

/** The garage whose number or provider identity this is; undefined where it is no garage's. For the system only. */
export function findGarage(
  ctx: Ctx,
  channel: "whatsapp" | "sms",
  identity: string,
): Promise<GarageProfile | undefined> {
  requireSystem(ctx.actor);
  const key = `${channel}:${identity}`;
  const known = directory().get(key);
  if (known && performance.now() - known.at < TTL_MS) return known.answer;
  const asked = { answer: readGarageByIdentity(channel, identity), at: performance.now() };
  directory().set(key, asked);
  const forget = (): void => {
    if (directory().get(key) === asked) directory().delete(key);
  };
  asked.answer.then((garage) => garage ?? forget(), forget);
  return asked.answer;
}

/** After a change: this garage is asked for again at its next message, and so is whatever is being asked just now. */
export function forgetGarage(orgId: string): void {
  for (const [key, { answer }] of directory()) {
    const drop = (garage: GarageProfile | undefined): void => {
      if (garage?.orgId === orgId && directory().get(key)?.answer === answer) directory().delete(key);
    };
    answer.then(drop, () => undefined);
  }
}
