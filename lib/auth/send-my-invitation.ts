import { inTransaction } from "@/lib/db/transaction";
import { queuePersonalMail } from "@/lib/mail/queue-personal-mail";
import { AppError } from "@/lib/shared/errors";
import { asSystem, type Ctx } from "./context";
import { countLetterTo } from "./letter-limit";
import { issueLink, withdrawLinks } from "./links";
import { isRole } from "./permissions";
import { refuseSupport } from "./refuse-support";
import { signedIn } from "./session";
import { liveInvitations } from "./store/links";
import { lockTeam } from "./store/team";

/**
 * Mails an invitation again to who is signed in with its address: the new link is the one that counts, and shows that the
 * address is theirs. Throws not_found where it does not wait for them, forbidden for support staff, rate_limited after a few
 * letters.
 */
export async function sendMyInvitation(ctx: Ctx, id: string, headers: Headers): Promise<void> {
  const user = await signedIn(headers);
  if (!user) throw new AppError("unauthenticated", "Sign in to continue.");
  refuseSupport(user);
  const waiting = (await liveInvitations(user.email, ctx.now())).find((one) => one.id === id);
  if (!waiting || !isRole(waiting.role))
    throw new AppError("not_found", "This invitation was accepted or withdrawn meanwhile.");
  const { orgId, garage, role, invitedBy, inviterId } = waiting;
  const { email } = user;
  await countLetterTo(email);
  await inTransaction(async (tx) => {
    // Whoever takes the inviter out of the team at this moment withdraws the new link, or comes first and leaves none.
    await lockTeam(tx, orgId);
    if ((await withdrawLinks(ctx, tx, { kind: "invitation", id })) === 0)
      throw new AppError("not_found", "This invitation was accepted or withdrawn meanwhile.");
    const data = { role, invitedBy: inviterId };
    const link = await issueLink(ctx, tx, { kind: "invitation", email, orgId, data });
    await queuePersonalMail(asSystem(ctx, "invitation"), tx, {
      to: { address: email },
      letter: "invitation",
      cause: `link:${link.id}`,
      data: {
        orgName: garage,
        invitedBy: invitedBy ?? garage,
        role,
        token: link.token,
        expiresAt: link.expiresAt.toISOString(),
      },
    });
  });
}
