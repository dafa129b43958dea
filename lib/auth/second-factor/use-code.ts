import type { Queryable } from "@/lib/db/pool";
import { machineClock } from "@/lib/shared/clock";
import { lockFactor, setLastStep, setRecoveryCodes } from "../store/second-factors";
import { writtenAsStored } from "./recovery-codes";
import { seal, stepOf, unseal } from "./secrets";

const OF_AN_APP = /^\d{6}$/;

/**
 * Uses a code up: of the app, or a recovery code, with whatever spaces it was typed. Each works once: the row is locked until
 * the transaction ends. Undefined for a wrong one, and where there is no second factor.
 */
export async function useCode(
  tx: Queryable,
  userId: string,
  typed: string,
): Promise<"app" | "recovery" | undefined> {
  const factor = await lockFactor(tx, userId);
  if (!factor?.verified) return undefined;
  const digits = typed.replace(/\s/g, "");
  if (OF_AN_APP.test(digits)) {
    const { lastStep } = factor;
    const step = await stepOf(await unseal(factor.secret), digits, { now: machineClock(), lastStep });
    if (step === undefined) return undefined;
    await setLastStep(tx, userId, step);
    return "app";
  }
  const codes: string[] = JSON.parse(await unseal(factor.backupCodes));
  const left = codes.filter((code) => code !== writtenAsStored(typed));
  if (left.length === codes.length) return undefined;
  await setRecoveryCodes(tx, userId, await seal(JSON.stringify(left)));
  return "recovery";
}
