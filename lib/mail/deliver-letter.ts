import type { Ctx } from "@/lib/auth/context";
import { env } from "@/lib/shared/env";
import type { Outcome } from "./conclude-attempt";
import type { Content } from "./letters/letter";
import { renderLetter } from "./render-letter";
import { deliver } from "./smtp";

/** One mail on its way: `compose` may throw where what was stored for it is no letter's. */
export type Leaving = {
  readonly id: string;
  readonly letter: string;
  readonly to: string;
  readonly compose: () => Content;
};

/** Writes a letter and hands it to the mail server. Never throws. */
export async function deliverLetter(ctx: Ctx, { id, letter, to, compose }: Leaving): Promise<Outcome> {
  if (!to.includes("@")) return { kind: "refused", reason: "no-address" };
  try {
    const { SUPPORT_EMAIL, SUPPORT_URL } = env();
    const content = compose();
    const { html, text } = await renderLetter(content, SUPPORT_URL ?? `mailto:${SUPPORT_EMAIL}`);
    return await deliver({ id, to, subject: content.subject, html, text, date: ctx.now() });
  } catch (error) {
    ctx.log.error({ err: error, letter }, "a letter could not be written");
    return { kind: "failed", reason: "not-written" };
  }
}
