import { asSystem, type Ctx, requireSupport } from "@/lib/auth/context";
import { readStanding } from "@/lib/credits/hold-account";
import { inSnapshot } from "@/lib/db/transaction";
import { wholeBalance } from "@/lib/shared/money";
import { describeTopUp } from "./describe-top-up";
import { outcomeText } from "./list-top-up-activity";
import { packName } from "./store/packs";
import { type AttemptLine, listAttempts } from "./store/top-up-attempts";
import { findTopUp } from "./store/top-ups";
import { gatherFacts } from "./top-up-facts";

export type InspectedTopUp = {
  readonly packName: string;
  /** Whole credits. */
  readonly threshold: number;
  readonly monthlyLimitPence: number | null;
  /** Charged, or claimed to be, in this calendar month. */
  readonly monthPence: number;
  /** In a row. */
  readonly failures: number;
  readonly stateText: string;
  readonly attempts: readonly (AttemptLine & { readonly outcomeText: string })[];
};

const LATEST = 10;

/** Auto top-up of an organisation with its latest attempts, whatever its state; undefined where it was never configured. */
export async function inspectTopUp(ctx: Ctx, orgId: string): Promise<InspectedTopUp | undefined> {
  requireSupport(ctx.actor);
  const topUp = await findTopUp(orgId);
  if (!topUp) return undefined;
  const account = await readStanding(asSystem(ctx, "auto-top-up"), orgId);
  const gathered = await inSnapshot((db) => gatherFacts(ctx, db, topUp, account));
  const attempts = await listAttempts(orgId, LATEST, ctx.now());
  return {
    packName: await packName(topUp.packId),
    threshold: wholeBalance(topUp.threshold),
    monthlyLimitPence: topUp.monthlyLimitPence,
    monthPence: gathered.month.reservedPence,
    failures: topUp.failures,
    stateText: describeTopUp(gathered, topUp, ctx.now()).stateText,
    attempts: attempts.map((line) => ({ ...line, outcomeText: outcomeText(line) })),
  };
}
