"use client";

import { useState } from "react";
import { sendApi } from "@/components/layout/api";
import { refusalOf } from "../auth-request";
import { Press } from "../press";

type InvitationProps = {
  readonly id: string;
  readonly garage: string;
  readonly invitedBy: string | null;
};

/** An invitation that waits: it is accepted by the link in its mail, which can be sent again. */
export function Invitation({ id, garage, invitedBy }: InvitationProps) {
  const [isSent, setIsSent] = useState(false);
  return (
    <li>
      <p className="text-muted">
        {`${invitedBy ? `${invitedBy} invites you to ${garage}` : `You are invited to ${garage}`}. Open the link in the email that we sent you.`}
      </p>
      {isSent ? (
        <p role="status" className="mt-3 font-medium">
          Sent. Check your email.
        </p>
      ) : (
        <Press
          variant="secondary"
          label="Send the email again"
          busyLabel="Sending…"
          act={async () => {
            const refusal = await refusalOf(() => sendApi(`/api/invitations/${id}/send`));
            if (!refusal) setIsSent(true);
            return refusal;
          }}
        />
      )}
    </li>
  );
}
