import { type Ctx, systemContext } from "@/lib/auth/context";
import { machineClock } from "@/lib/shared/clock";
import { AppError } from "@/lib/shared/errors";
import { bodyLimitOf } from "./body-limit";
import { readBody } from "./read-body";
import { type Route, route } from "./route";

/** A provider's request, its body read. */
export type Delivery = { readonly request: Request; readonly raw: Buffer; readonly receivedAt: Date };

type Webhook<Verified> = {
  /** The delivery in our own form; undefined where the provider has not signed it. */
  readonly verify: (delivery: Delivery) => Verified | undefined;
  /** One verb: stores, then acts or queues. What it returns is the answer: JSON, a whole response, or nothing. */
  readonly receive: (ctx: Ctx, verified: Verified) => unknown;
};

/** A provider's deliveries: 413 beyond the path's limit, 401 without a signature that holds, and nothing is written for either. */
export function webhook<Verified>(name: string, options: Webhook<Verified>): Route {
  return route(name, async (request) => {
    const ctx = systemContext(name);
    const raw = await readBody(request, bodyLimitOf(new URL(request.url).pathname));
    const verified = options.verify({ request, raw, receivedAt: machineClock() });
    if (verified === undefined) throw new AppError("unauthenticated", "The signature is missing or wrong.");
    return options.receive(ctx, verified);
  });
}
