"use client";

import { useMutation } from "@tanstack/react-query";
import { sendApi } from "@/components/layout/api";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { TEAM_PATH } from "./use-team-act";

/** Asks before somebody leaves their garage. Afterwards this browser goes where they still belong. */
export function LeaveDialog({ orgName, onClose }: { orgName: string; onClose: () => void }) {
  const leave = useMutation({
    mutationFn: () => sendApi(`${TEAM_PATH}/leave`),
    onSuccess: () => location.assign("/"),
  });
  return (
    <Dialog id="leave" title={`Leave ${orgName}?`} onClose={onClose}>
      <p id="leave-text" className="mt-2 text-muted">
        You lose access to its conversations, calls and settings at once. What you have goes back to the team.
        Your account stays; only somebody of the team can invite you again.
      </p>
      <DialogEnd
        act={leave}
        onCancel={onClose}
        variant="danger"
        label="Leave garage"
        busyLabel="Leaving…"
        onPress={leave.mutate}
      />
    </Dialog>
  );
}
