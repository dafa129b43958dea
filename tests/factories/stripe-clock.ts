import { pool } from "@/lib/db/pool";
import { setClockAhead } from "@/lib/shared/clock";
import type { testContext } from "./ledger";
import type { Payments } from "./payments";

const HOUR_MS = 3_600_000;

/** The time of the business: that of the verbs called with `ctx`, of the webhooks, and of the local Stripe. */
export function stripeClock({ control }: Payments, ctx: ReturnType<typeof testContext>) {
  let aheadMs = 0;
  const set = async (to: number): Promise<void> => {
    aheadMs = to;
    await pool().query("UPDATE clock_offset SET ahead_ms = $1", [to]);
    setClockAhead(to);
    ctx.travel(new Date(Date.now() + to));
  };
  return {
    reset: () => set(0),
    /** Stripe does what falls due on the way; its events wait for a flush. */
    forward: async (hours: number): Promise<void> => {
      await control.advance(hours * 3_600);
      await set(aheadMs + hours * HOUR_MS);
    },
  };
}
