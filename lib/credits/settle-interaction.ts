import { type SettleInput, settling } from "./settling";
import { type SettleOutcome, settleBatch } from "./store/settle-batch";

/**
 * The deduction after an interaction: its real cost goes into the ledger exactly once, however often its report is
 * delivered. Degraded and other unbillable interactions settle at 0. The first report wins; another cost later is a
 * `conflict`.
 */
export const settleInteraction = settling<SettleInput, SettleOutcome>(
  "alone",
  settleBatch,
  (outcome) => outcome,
);
