"use client";

import Ellipsis from "lucide-react/icons/ellipsis";
import { useRef, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { ago } from "@/components/ui/times";
import { type MemberDto, mayOnTeam, ROLE_WORDS } from "@/lib/auth/client";
import type { Role } from "@/lib/auth/permissions";
import { LeaveDialog } from "./leave-dialog";
import { HandOverDialog, RemoveDialog, RoleDialog } from "./team-dialogs";

/** Who looks at the team, and how many owners it has. */
export type TeamViewer = { readonly role: Role; readonly owners: number; readonly orgName: string };

type MemberRowProps = { readonly member: MemberDto; readonly viewer: TeamViewer; readonly now: Date };

type Open = "menu" | "role" | "hand-over" | "remove" | "leave" | null;

/** A member, when they were last here, and what the viewer may do about them. */
export function MemberRow({ member, viewer, now }: MemberRowProps) {
  const { name, email, role, isYou } = member;
  const [open, setOpen] = useState<Open>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => setOpen(null);
  const acts = actsOn(member, viewer);
  return (
    <li tabIndex={-1} className="-outline-offset-2 flex items-start gap-x-3 px-5 py-3.5 sm:items-center">
      <div className="grid min-w-0 grow gap-x-4 gap-y-1 sm:grid-cols-[minmax(0,1fr)_11rem] sm:items-center">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
            <span dir="auto" className="min-w-0 break-words">
              {name}
            </span>
            {isYou && <Badge>You</Badge>}
          </p>
          <p className="break-words text-muted text-sm">{email}</p>
        </div>
        <div className="flex flex-wrap items-center gap-x-2 sm:block">
          <p className="text-sm">{role ? ROLE_WORDS[role].name : <Badge tone="warn">Unknown role</Badge>}</p>
          <p className="text-muted text-sm" suppressHydrationWarning>
            {lastSeen(member, now)}
          </p>
        </div>
      </div>
      {acts.length === 0 ? (
        <span className="size-9 shrink-0" />
      ) : (
        <Button
          ref={button}
          variant="ghost"
          size="icon"
          aria-label={`Manage ${name}`}
          aria-haspopup="menu"
          aria-expanded={open === "menu"}
          onClick={() => setOpen("menu")}
        >
          <Ellipsis aria-hidden />
        </Button>
      )}
      {open === "menu" && (
        <Menu
          label={`Manage ${name}`}
          anchor={button}
          onClose={close}
          items={acts.map(({ key, label }) => ({
            key,
            label,
            leadsOn: true,
            onChoose: () => setOpen(key),
          }))}
        />
      )}
      {open === "role" && (
        <RoleDialog member={member} mayChooseOwner={viewer.role === "owner"} onClose={close} />
      )}
      {open === "hand-over" && <HandOverDialog member={member} onClose={close} />}
      {open === "remove" && <RemoveDialog member={member} onClose={close} />}
      {open === "leave" && <LeaveDialog orgName={viewer.orgName} onClose={close} />}
    </li>
  );
}

/** A session's use is noted every five minutes. */
const ACTIVE_MS = 6 * 60_000;

function lastSeen({ lastSeenAt, isYou }: MemberDto, now: Date): string {
  if (isYou) return "Active now";
  if (lastSeenAt === null) return "Not signed in yet";
  const at = new Date(lastSeenAt);
  return now.getTime() - at.getTime() < ACTIVE_MS ? "Active now" : ago(at, now);
}

/** As the server decides: what it would refuse is not offered. */
function actsOn(
  { role: stored, isYou }: MemberDto,
  viewer: TeamViewer,
): { readonly key: Exclude<Open, "menu" | null>; readonly label: string }[] {
  const from = stored ?? "";
  const may = (act: Parameters<typeof mayOnTeam>[1]) => mayOnTeam(viewer, act) === "allowed";
  return [
    ...(may({ kind: "change-role", from, to: "technician" })
      ? [{ key: "role" as const, label: "Change role" }]
      : []),
    ...(!isYou && may({ kind: "hand-over", from })
      ? [{ key: "hand-over" as const, label: "Hand over ownership" }]
      : []),
    ...(!isYou && may({ kind: "remove", from })
      ? [{ key: "remove" as const, label: "Remove from team" }]
      : []),
    ...(isYou && may({ kind: "leave" }) ? [{ key: "leave" as const, label: "Leave garage" }] : []),
  ];
}
