import { hashPassword } from "better-auth/crypto";
import { openAccount } from "@/lib/credits/open-account";
import { isTaken } from "@/lib/db/sql-errors";
import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import { credits, microGbp } from "@/lib/shared/money";
import { asSystem, type Ctx } from "./context";
import { refuseGuessable } from "./password-rule";
import { insertGarage } from "./store/garages";

export type SignUpInput = {
  readonly name: string;
  readonly garageName: string;
  readonly email: string;
  readonly password: string;
};

/** A trial's one allowance, and how much AI it may spend in all. */
const TRIAL_ALLOWANCE = credits(1_000);
const TRIAL_CAP = microGbp(5_000_000n);

/**
 * Makes a user, their trial garage and its account, all or nothing. Does not sign in.
 * Throws conflict where the address is taken, invalid_input for a password that is easy to guess.
 */
export async function signUp(ctx: Ctx, input: SignUpInput): Promise<void> {
  const { name, garageName, password } = input;
  const email = input.email.toLowerCase();
  await refuseGuessable(password, [name, garageName, email]);
  const orgId = ctx.newId();
  const garage = {
    orgId,
    garageName,
    userId: ctx.newId(),
    userName: name,
    email,
    passwordHash: await hashPassword(password),
    accountId: ctx.newId(),
    memberId: ctx.newId(),
    at: ctx.now(),
  };
  const trial = { orgId, state: "trial", allowance: TRIAL_ALLOWANCE, trialCap: TRIAL_CAP } as const;
  try {
    await inTransaction(async (tx) => {
      await insertGarage(tx, garage);
      await openAccount(asSystem(ctx, "sign-up"), trial, tx);
    });
  } catch (cause) {
    if (!isTaken(cause, "user_email_key")) throw cause;
    const message = "An account could not be made with this address. Sign in instead?";
    throw new AppError("conflict", message, { cause, field: "email" });
  }
}
