"use client";

import DoorOpen from "lucide-react/icons/door-open";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { mayOnTeam, ROLE_WORDS } from "@/lib/auth/client";
import type { Role } from "@/lib/auth/permissions";
import { LeaveDialog } from "./leave-dialog";
import { ONLY_OWNER } from "./only-owner";

type LeaveCardProps = { readonly orgName: string; readonly role: Role; readonly owners: number };

/** The garage that one acts for, and the way out of it: whatever one's role, unless nobody would own it. */
export function LeaveCard({ orgName, role, owners }: LeaveCardProps) {
  const [isAsking, setIsAsking] = useState(false);
  const mayLeave = mayOnTeam({ role, owners }, { kind: "leave" }) === "allowed";
  return (
    <Card labelledBy="garage-title" className="pb-4.5">
      <CardHeader
        id="garage-title"
        title={orgName}
        icon={<DoorOpen aria-hidden />}
        description={mayLeave ? `You are ${withArticle(role)} of this garage.` : ONLY_OWNER}
        aside={
          mayLeave && (
            <Button size="sm" onClick={() => setIsAsking(true)}>
              Leave garage
            </Button>
          )
        }
      />
      {isAsking && <LeaveDialog orgName={orgName} onClose={() => setIsAsking(false)} />}
    </Card>
  );
}

const withArticle = (role: Role): string =>
  `${/^[ao]/.test(role) ? "an" : "a"} ${ROLE_WORDS[role].name.toLowerCase()}`;
