import type { Queryable } from "@/lib/db/pool";
import { queuePersonalMail } from "@/lib/mail/queue-personal-mail";
import { asSystem, type Ctx } from "../context";
import type { Team, TeamMember } from "../store/team";

type OwnerChange = {
  /** As it was before: its owners are written to, whoever they are afterwards. */
  readonly team: Team;
  /** Who becomes an owner, or is one no longer. */
  readonly person: Pick<TeamMember, "userId" | "name" | "email">;
  /** Who did it. */
  readonly by: Pick<TeamMember, "userId" | "name" | "email">;
  readonly how: "made" | "ended" | "handed-over" | "removed" | "left";
};

/**
 * Writes to a garage's owners and to whom it concerns that its owners are others now, within the transaction of the change:
 * whoever has taken over a browser must not take over a garage without anybody hearing of it.
 */
export async function mailOwners(
  ctx: Ctx,
  tx: Queryable,
  { team, person, by, how }: OwnerChange,
): Promise<void> {
  const owners = team.members.filter(({ role }) => role === "owner").map(({ userId }) => userId);
  const cause = `owners:${ctx.newId()}`;
  for (const userId of new Set([...owners, person.userId]))
    await queuePersonalMail(asSystem(ctx, "team"), tx, {
      to: { userId },
      letter: "owners-changed",
      cause,
      data: {
        orgName: team.orgName,
        person: { name: person.name, email: person.email },
        by: { name: by.name, email: by.email },
        how: how === "ended" && by.userId === person.userId ? "stepped-down" : how,
        changedAt: ctx.now().toISOString(),
      },
    });
}
