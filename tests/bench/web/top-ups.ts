import { percentile } from "../statistics";
import type { WebBench } from "./bench";
import { atMost, type Family, type WebRound } from "./family";

async function crossOneByOne({ openTopUps, garages }: WebBench): Promise<WebRound> {
  const times = await (await openTopUps()).ask("cross", { garages, together: false });
  return { "top-up p50": percentile(times, 0.5), "top-up p99": percentile(times, 0.99) };
}

async function crossAtOnce({ openTopUps, garages }: WebBench): Promise<WebRound> {
  const times = await (await openTopUps()).ask("cross", { garages, together: true });
  return { "top-up at once, p50": percentile(times, 0.5), "top-up at once, p99": percentile(times, 0.99) };
}

/**
 * Auto top-up, with a worker and the local Stripe, on the small database: from a call's settle to the grant. Many in one moment are
 * measured without a goal.
 */
export const TOP_UPS: Family = {
  rows: [
    {
      title:
        "auto top-up, from crossing the threshold to credits in the account, one after the other, p50, ms",
      over: "top-up p50",
      goal: atMost(2_000),
    },
    { title: "the same, p99, ms", over: "top-up p99", goal: atMost(2_000) },
  ],
  steps: [crossOneByOne, crossAtOnce],
};
