"use client";

import DoorOpen from "lucide-react/icons/door-open";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ROLE_WORDS } from "@/lib/auth/client";
import type { Role } from "@/lib/auth/permissions";
import { LeaveDialog } from "./leave-dialog";

/** The garage that one acts for, and the way out of it: whatever one's role. */
export function LeaveCard({ orgName, role }: { orgName: string; role: Role }) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Card labelledBy="garage-title" className="pb-4.5">
      <CardHeader
        id="garage-title"
        title={orgName}
        icon={<DoorOpen aria-hidden />}
        description={`You are ${withArticle(role)} of this garage.`}
        aside={
          <Button size="sm" onClick={() => setIsAsking(true)}>
            Leave garage
          </Button>
        }
      />
      {isAsking && <LeaveDialog orgName={orgName} onClose={() => setIsAsking(false)} />}
    </Card>
  );
}

const withArticle = (role: Role): string =>
  `${/^[ao]/.test(role) ? "an" : "a"} ${ROLE_WORDS[role].name.toLowerCase()}`;
