"use client";

import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { type MemberDto, ROLE_WORDS } from "@/lib/auth/client";
import type { Role } from "@/lib/auth/permissions";
import { RoleChoice } from "./role-choice";
import { useTeamAct } from "./use-team-act";

type MemberDialogProps = { readonly member: MemberDto; readonly onClose: () => void };

/** Gives a member another role. */
export function RoleDialog({
  member: { userId, name, role: present },
  mayChooseOwner,
  onClose,
}: MemberDialogProps & { readonly mayChooseOwner: boolean }) {
  const [role, setRole] = useState(present);
  const [problem, setProblem] = useState<string>();
  const change = useTeamAct(
    {
      path: `/members/${userId}/role`,
      body: { role },
      method: "PUT",
      done: role ? `${name} is now ${withArticle(role)}` : "",
    },
    onClose,
  );
  const save = () => {
    if (role === present) setProblem(present ? "Choose another role." : "Choose a role.");
    else if (!change.isPending) change.mutate();
  };
  return (
    <Dialog id="role" title={`Role of ${name}`} onClose={onClose}>
      <p id="role-text" className="mt-1 mb-4 text-muted text-sm">
        {present
          ? "It counts at once. What they hold and may no longer work on goes back to the team."
          : "Their role is unknown, so they can do nothing here. Choose the one that they should have."}
      </p>
      <RoleChoice
        value={role}
        mayChooseOwner={mayChooseOwner}
        error={problem}
        onChange={(next: Role) => {
          setRole(next);
          setProblem(undefined);
        }}
      />
      <DialogEnd act={change} onCancel={onClose} label="Save role" busyLabel="Saving…" onPress={save} />
    </Dialog>
  );
}

const withArticle = (role: Role): string =>
  `${role === "owner" || role === "advisor" ? "an" : "a"} ${ROLE_WORDS[role].name.toLowerCase()}`;

/** Asks before somebody is taken out of the team. */
export function RemoveDialog({ member: { userId, name }, onClose }: MemberDialogProps) {
  const remove = useTeamAct(
    { path: `/members/${userId}/remove`, done: `${name} is no longer in your team` },
    onClose,
  );
  return (
    <Dialog id="remove" title={`Remove ${name}?`} onClose={onClose}>
      <p id="remove-text" className="mt-2 text-muted">
        They are out within a second, on every device. Conversations and call-backs that they have go back to
        the team. Their account and other garages stay, and you can invite them again.
      </p>
      <DialogEnd
        act={remove}
        onCancel={onClose}
        variant="danger"
        label="Remove from team"
        busyLabel="Removing…"
        onPress={remove.mutate}
      />
    </Dialog>
  );
}

/** Asks before ownership goes to somebody else. */
export function HandOverDialog({ member: { userId, name }, onClose }: MemberDialogProps) {
  const handOver = useTeamAct(
    { path: `/members/${userId}/hand-over`, done: `${name} is the owner now, and you are a manager` },
    onClose,
  );
  return (
    <Dialog id="hand-over" title={`Hand over ownership to ${name}?`} onClose={onClose}>
      <p id="hand-over-text" className="mt-2 text-muted">
        {`${name} becomes an owner, and you become a manager: you can no longer buy credits, read the audit log or change owners. Only an owner can give it back to you.`}
      </p>
      <DialogEnd
        act={handOver}
        onCancel={onClose}
        variant="danger"
        label="Hand over"
        busyLabel="Handing over…"
        onPress={handOver.mutate}
      />
    </Dialog>
  );
}
