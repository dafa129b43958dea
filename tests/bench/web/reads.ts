import { spread } from "../statistics";
import type { WebBench } from "./bench";
import { atMost, type Family, type WebRound } from "./family";
import { timePages } from "./page-time";

const READS_AT_A_TIME = 10;

/** The median of the dashboard's queries on each database, in ms, a few at a time in turns. */
async function timeReads({ big, small, reads }: WebBench): Promise<WebRound> {
  const times = { big: [] as number[], small: [] as number[] };
  for (let read = 0; read < reads; read += READS_AT_A_TIME) {
    times.big.push(...(await big.garage.ask("read", { times: READS_AT_A_TIME })));
    times.small.push(...(await small.garage.ask("read", { times: READS_AT_A_TIME })));
  }
  return {
    "dashboard queries": spread(times.big).median,
    "dashboard queries, small": spread(times.small).median,
  };
}

/**
 * Reading. `small` is the database of ten thousand entries. Nothing is written meanwhile, for dead rows of today's rollup on
 * one side alone would be measured too.
 */
export const READS: Family = {
  rows: [
    {
      title: "Billing page, server time, with all entries ÷ with ten thousand",
      over: "Billing page",
      under: "Billing page, small",
      goal: atMost(1.3),
    },
    {
      title: "dashboard queries of the heavy organisation, with all entries ÷ with ten thousand",
      over: "dashboard queries",
      under: "dashboard queries, small",
      goal: atMost(1.3),
    },
  ],
  steps: [({ big, small, pages }) => timePages(big, small, pages), timeReads],
};
