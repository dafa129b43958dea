"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import Users from "lucide-react/icons/users";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { useFocusNext } from "@/components/ui/use-focus-next";
import { useNow } from "@/components/ui/use-now";
import { teamQuery } from "@/lib/auth/client";
import type { Role } from "@/lib/auth/permissions";
import { formatCount } from "@/lib/shared/format";
import { InviteDialog } from "./invite-dialog";
import { MemberRow } from "./member-row";
import { ONLY_OWNER } from "./only-owner";
import { MembersSkeleton } from "./skeletons";

type MembersCardProps = { readonly role: Role; readonly orgName: string };

/** Everybody of the garage, and the way to invite more. */
export function MembersCard({ role, orgName }: MembersCardProps) {
  const { data, error, isFetching, refetch } = useQuery(teamQuery());
  const queries = useQueryClient();
  const now = useNow();
  const [isInviting, setIsInviting] = useState(false);
  const list = useFocusNext(data?.members.map(({ userId }) => userId) ?? []);
  if (data === undefined && !error) return <MembersSkeleton />;
  const owners = data?.members.filter((member) => member.role === "owner").length ?? 0;
  return (
    <Card labelledBy="members-title">
      <CardHeader
        id="members-title"
        title="Members"
        icon={<Users aria-hidden />}
        description={data && formatCount(data.members.length, "person", "people")}
        aside={
          <Button size="sm" variant="primary" onClick={() => setIsInviting(true)}>
            Invite
          </Button>
        }
      />
      {data ? (
        <div ref={list}>
          <ul className="mt-3 divide-y border-t">
            {data.members.map((member) => (
              <MemberRow key={member.userId} member={member} viewer={{ role, owners, orgName }} now={now} />
            ))}
          </ul>
        </div>
      ) : (
        <CardBody>
          <ErrorState
            title="Your team couldn’t be loaded"
            description={error?.message ?? ""}
            onRetry={refetch}
            retrying={isFetching}
          />
        </CardBody>
      )}
      {role === "owner" && owners === 1 && (
        <p className="border-t px-5 py-3.5 text-muted text-sm">{ONLY_OWNER}</p>
      )}
      {isInviting && (
        <InviteDialog
          mayInviteOwner={role === "owner"}
          onInvited={() => queries.invalidateQueries({ queryKey: teamQuery().queryKey })}
          onClose={() => setIsInviting(false)}
        />
      )}
    </Card>
  );
}
