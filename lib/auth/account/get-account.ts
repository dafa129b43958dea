import { unseal } from "../second-factor/secrets";
import type { MemberCtx } from "../session";
import { selectEmailChange } from "../store/email-changes";
import { selectFactor } from "../store/second-factors";
import { findPerson } from "../store/users";

export type AccountDto = {
  readonly name: string;
  readonly email: string;
  /** Null while it is off. */
  readonly twoStep: { readonly enabledAt: string; readonly recoveryCodesLeft: number } | null;
  /** Another address that was asked for and waits for one of the two, or for both. */
  readonly emailChange: {
    readonly newEmail: string;
    readonly waitsFor: readonly ("old" | "new")[];
    readonly expiresAt: string;
  } | null;
};

/** The member's own account, which is the same in every garage. */
export async function getAccount(ctx: MemberCtx): Promise<AccountDto> {
  const { userId } = ctx.actor;
  const [{ name, email }, factor, change] = await Promise.all([
    findPerson(userId),
    selectFactor(userId),
    selectEmailChange(userId, ctx.now()),
  ]);
  return {
    name,
    email,
    twoStep: factor
      ? { enabledAt: factor.enabledAt.toISOString(), recoveryCodesLeft: await codesIn(factor.backupCodes) }
      : null,
    emailChange: change ? { ...change, expiresAt: change.expiresAt.toISOString() } : null,
  };
}

async function codesIn(backupCodes: string): Promise<number> {
  const codes: string[] = JSON.parse(await unseal(backupCodes));
  return codes.length;
}
