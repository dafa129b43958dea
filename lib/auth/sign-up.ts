import { hashPassword } from "better-auth/crypto";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { queuePersonalMail } from "@/lib/mail/queue-personal-mail";
import { AppError } from "@/lib/shared/errors";
import { asSystem, type Ctx } from "./context";
import { countLetterTo } from "./letter-limit";
import type { LinkInput } from "./link-kinds";
import { issueLink, type Link, type LinkState, peekLink, takeLink, withdrawLinks } from "./links";
import { refuseGuessable } from "./password-rule";
import { browserOf } from "./sign-up-browser";
import { userByEmail } from "./store/credentials";

export type SignUpInput = {
  readonly name: string;
  readonly garageName: string;
  readonly email: string;
  readonly password: string;
  /** A page of ours that is shown once the garage is made. */
  readonly next?: string;
};

/**
 * Mails a link that makes the garage (`confirmSignUp`); nothing of one exists before. Somebody who has an account is mailed
 * that they have: the answer, and the work behind it, are the same.
 * The password counts in this browser alone, which is known by the `Set-Cookie` returned: whoever reads the mail elsewhere
 * chooses one there. Throws invalid_input for a password that is easy to guess, rate_limited after a few letters to one address.
 */
export async function signUp(ctx: Ctx, input: SignUpInput, headers: Headers): Promise<string> {
  const { name, garageName, password, next = "/" } = input;
  const email = input.email.toLowerCase();
  await refuseGuessable(password, [name, garageName, email]);
  await countLetterTo(email);
  const passwordHash = await hashPassword(password);
  const { hash: browserHash, cookie } = browserOf(headers);
  const data = { name, garageName, passwordHash, next, browserHash };
  await inTransaction((tx) => mailLink(ctx, tx, email, data));
  return cookie;
}

/**
 * Mails a new link in place of one that has run out. It stays bound to the browser that signed up, wherever it is asked for.
 * Throws gone where there is none that has run out.
 */
export async function signUpAgain(ctx: Ctx, token: string): Promise<void> {
  const { email } = ranOut(await peekLink(ctx, "sign-up", token));
  await countLetterTo(email);
  await inTransaction(async (tx) => {
    const { id, data } = ranOut(await takeLink(ctx, tx, "sign-up", token));
    await withdrawLinks(ctx, tx, { kind: "sign-up", id });
    await mailLink(ctx, tx, email, data);
  });
}

function ranOut(state: LinkState<"sign-up">): Link<"sign-up"> {
  if (state.kind === "expired") return state.link;
  throw new AppError("gone", "This link cannot be sent again.");
}

/** To an address that has an account goes another letter: the link that is made all the same leads nowhere from there. */
async function mailLink(ctx: Ctx, tx: Queryable, email: string, data: LinkInput<"sign-up">): Promise<void> {
  const system = asSystem(ctx, "sign-up");
  const known = await userByEmail(tx, email);
  const { id, token, expiresAt } = await issueLink(ctx, tx, { kind: "sign-up", email, data });
  const common = { to: { address: email }, cause: `link:${id}` };
  if (known) await queuePersonalMail(system, tx, { ...common, letter: "address-known", data: {} });
  else
    await queuePersonalMail(system, tx, {
      ...common,
      letter: "confirm-address",
      data: { token, expiresAt: expiresAt.toISOString() },
    });
}
