"use client";

import { useQuery } from "@tanstack/react-query";
import MailPlus from "lucide-react/icons/mail-plus";
import { toast } from "@/components/layout/toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { useFocusNext } from "@/components/ui/use-focus-next";
import { useNow } from "@/components/ui/use-now";
import { type InvitationDto, mayOnTeam, ROLE_WORDS, teamQuery } from "@/lib/auth/client";
import type { Role } from "@/lib/auth/permissions";
import { formatMoment } from "@/lib/shared/format";
import { useTeamAct } from "./use-team-act";

/** Invitations that wait; nothing where there are none. */
export function InvitationsCard({ role }: { role: Role }) {
  const { data } = useQuery(teamQuery());
  const now = useNow();
  const list = useFocusNext(data?.invitations.map(({ id }) => id) ?? []);
  if (!data || data.invitations.length === 0) return null;
  return (
    <Card labelledBy="invitations-title">
      <CardHeader
        id="invitations-title"
        title="Invitations"
        icon={<MailPlus aria-hidden />}
        description="Sent, and not accepted yet."
      />
      <div ref={list}>
        <ul className="mt-3 divide-y border-t">
          {data.invitations.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} viewerRole={role} now={now} />
          ))}
        </ul>
      </div>
    </Card>
  );
}

type InvitationRowProps = {
  readonly invitation: InvitationDto;
  readonly viewerRole: Role;
  readonly now: Date;
};

function InvitationRow({
  invitation: { id, email, role, invitedBy, expiresAt },
  viewerRole,
  now,
}: InvitationRowProps) {
  const path = `/invitations/${id}`;
  const tell = { onError: (problem: Error) => void toast.error(problem.message) };
  const resend = useTeamAct({ path: `${path}/resend`, done: `Sent again to ${email}` }, () => undefined);
  const revoke = useTeamAct(
    { path: `${path}/revoke`, done: `The invitation to ${email} no longer works` },
    () => undefined,
  );
  const isOver = new Date(expiresAt) <= now;
  const isBusy = resend.isPending || revoke.isPending;
  const may =
    role !== null && mayOnTeam({ role: viewerRole, owners: 1 }, { kind: "revoke", role }) === "allowed";
  return (
    <li tabIndex={-1} className="-outline-offset-2 flex flex-wrap items-center gap-x-3 gap-y-2.5 px-5 py-3.5">
      <div className="min-w-0 grow basis-56">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <span className="min-w-0 break-words">{email}</span>
          {isOver && <Badge tone="warn">Expired</Badge>}
        </p>
        <p className="break-words text-muted text-sm" suppressHydrationWarning>
          {[
            role ? ROLE_WORDS[role].name : "Unknown role",
            ...(invitedBy ? [`Invited by ${invitedBy}`] : []),
            `${isOver ? "Ended" : "Works until"} ${formatMoment(expiresAt, now)}`,
          ].join(" · ")}
        </p>
      </div>
      {may && (
        <div className="flex gap-2">
          <Button
            size="sm"
            aria-label={`Send the invitation to ${email} again`}
            aria-busy={resend.isPending}
            disabled={isBusy}
            onClick={() => resend.mutate(undefined, tell)}
          >
            Send again
          </Button>
          <Button
            size="sm"
            aria-label={`Withdraw the invitation to ${email}`}
            aria-busy={revoke.isPending}
            disabled={isBusy}
            onClick={() => revoke.mutate(undefined, tell)}
          >
            Withdraw
          </Button>
        </div>
      )}
    </li>
  );
}
