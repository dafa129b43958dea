import { openAccount } from "@/lib/credits/open-account";
import { AppError } from "@/lib/shared/errors";
import { credits, microGbp } from "@/lib/shared/money";
import { auth } from "./auth";
import { type Ctx, systemContext } from "./context";
import { createGarage } from "./store/garages";

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
 * Makes an account and its trial garage, of which the new user is the owner. Does not sign in: an address that is taken
 * is told apart only by the sign-in that follows. Throws conflict where the address is taken.
 */
export async function signUp(ctx: Ctx, input: SignUpInput, headers: Headers): Promise<void> {
  const body = { name: input.name, email: input.email, password: input.password };
  const made = await auth()
    .api.signUpEmail({ body, headers })
    .catch((cause: unknown) => {
      throw new AppError("conflict", "An account could not be made with this address. Sign in instead?", {
        cause,
      });
    });
  const orgId = ctx.newId();
  await createGarage({
    orgId,
    name: input.garageName,
    memberId: ctx.newId(),
    userId: made.user.id,
    at: ctx.now(),
  });
  const system = systemContext("sign-up", { now: ctx.now, newId: ctx.newId, log: ctx.log });
  await openAccount(system, { orgId, state: "trial", allowance: TRIAL_ALLOWANCE, trialCap: TRIAL_CAP });
}
