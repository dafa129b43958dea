import { renderSVG } from "uqr";
import { AppError } from "@/lib/shared/errors";
import { requireOwnPassword } from "../own-password";
import type { MemberCtx } from "../session";
import { insertFactor } from "../store/second-factors";
import { findPerson } from "../store/users";
import { enrolment, newSecret, seal } from "./secrets";

export type SetUp = {
  /** The key as people type it into an app, in groups of four. */
  readonly key: string;
  /** The same for a camera: an SVG image. */
  readonly qrCode: string;
};

/**
 * Begins to set up an app, in the place of a set-up that was not finished: nothing is asked for at sign-in before its first
 * code (`confirmSetUp`). The key is told this once. Throws invalid_input at `current` for a wrong password, conflict where
 * there is a second factor already.
 */
export async function beginSetUp(ctx: MemberCtx, current: string): Promise<SetUp> {
  const { userId } = ctx.actor;
  await requireOwnPassword(userId, current);
  const { email } = await findPerson(userId);
  const secret = newSecret();
  if (!(await insertFactor(ctx.newId(), userId, await seal(secret))))
    throw new AppError("conflict", "Two-step verification is on already. Reload this page.");
  const { uri, key } = enrolment(secret, email);
  return { key, qrCode: renderSVG(uri, { ecc: "M", border: 4 }) };
}
