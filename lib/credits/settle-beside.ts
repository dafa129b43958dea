import type { Ctx } from "@/lib/auth/context";
import { isLockTimeout, isRefusedInput, wasAnswered } from "@/lib/db/sql-errors";
import { recordSettles } from "./record-settles";
import { type SettleInput, settling } from "./settling";
import { type Settled, type Settlement, settleBatch, settlementOf } from "./store/settle-batch";

/** Writes what a feature knows of a batch in the statement that settles it; the answers are in the order of `items`. */
export type WritesBeside<Input, Written> = (
  settlement: Settlement,
  items: readonly Input[],
) => Promise<readonly (Settled & Written)[]>;

/**
 * As `settleInteraction`, for a feature that writes something of its own about the interaction: one statement and one round trip
 * for both. Settling stands by itself: where the feature's part cannot be written, the cost is settled all the same, and
 * the failure is thrown.
 */
export const settlingBeside = <Input extends SettleInput, Written>(
  name: string,
  write: WritesBeside<Input, Written>,
): ((ctx: Ctx, input: Input) => Promise<Settled & Written>) =>
  settling<Input, Settled & Written>(
    name,
    async (items, posting) => {
      try {
        return await write(
          settlementOf(items, posting),
          items.map(({ input }) => input),
        );
      } catch (error) {
        const othersMayPass = items.length > 1 && isRefusedInput(error);
        if (wasAnswered(error) && !othersMayPass && !isLockTimeout(error))
          recordSettles(items, await settleBatch(items, posting));
        throw error;
      }
    },
    ({ outcome }) => outcome,
  );
