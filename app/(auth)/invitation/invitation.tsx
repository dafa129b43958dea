"use client";

import { sendApi } from "@/components/layout/api";
import { buttonStyle } from "@/components/ui/button";
import { ROLE_WORDS } from "@/lib/auth/client";
import type { InvitationView } from "@/lib/auth/team/look-at-invitation";
import { AuthHeading } from "../auth-heading";
import { refusalOf } from "../auth-request";
import { DeadLink, LookingAtLink } from "../link-states";
import { Press } from "../press";
import { Join } from "./join";
import { useInvitation } from "./use-invitation";

/** An invitation: accepted with one press, with an account or without one. */
export function Invitation() {
  const { token, view, failure, look } = useInvitation();
  if (!view) return <LookingAtLink failure={failure} look={look} />;
  switch (view.state) {
    case "live":
      return <Live view={view} token={token} look={look} />;
    case "member":
      return (
        <DeadLink
          title={`You are in the team of ${view.orgName}`}
          action={GO_ON}
          words={`${view.email} belongs to it already: there is nothing to accept.`}
        />
      );
    case "support":
      return (
        <DeadLink
          title="Support belongs to no garage"
          action={GO_ON}
          words={`${view.email} is an account of Torqueflow support, which joins no team. To work at ${view.orgName}, ask for an invitation to another address.`}
        />
      );
    case "used":
      return (
        <DeadLink
          title="This invitation has been accepted"
          action={GO_ON}
          words={`It can be used once. Sign in as ${view.email} to get to your garage.`}
        />
      );
    case "expired":
      return (
        <DeadLink
          title="This invitation has expired"
          action={GO_ON}
          words={`It worked for seven days. Ask whoever invited ${view.email} to send it again.`}
        />
      );
    case "withdrawn":
      return (
        <DeadLink
          title="This invitation no longer works"
          action={GO_ON}
          words={`It was withdrawn, or another one was sent to ${view.email} since: use the latest email, or ask whoever invited you.`}
        />
      );
    case "gone":
      return (
        <DeadLink
          title="This garage is gone"
          action={GO_ON}
          words="It is not on Torqueflow any more, so there is nothing to join."
        />
      );
    case "unknown":
      return (
        <DeadLink
          title="This link is incomplete"
          action={GO_ON}
          words="Part of its address may be missing. Open it from the email again, or ask whoever invited you to send it again."
        />
      );
  }
}

const GO_ON = { label: "Go to Torqueflow", href: "/" };

type LiveProps = {
  readonly view: Extract<InvitationView, { state: "live" }>;
  readonly token: string;
  readonly look: () => void;
};

function Live({ view, token, look }: LiveProps) {
  const { orgName, role, invitedBy, email, hasAccount, signedInAs } = view;
  return (
    <>
      <AuthHeading title={`Join ${orgName}`}>
        <p>
          {`${invitedBy ? `${invitedBy} invites you` : "You are invited"} to work here as ${withArticle(ROLE_WORDS[role].name)}. ${ROLE_WORDS[role].may}`}
        </p>
        {signedInAs !== null && signedInAs !== email && (
          <p>
            The invitation is for <Strong>{email}</Strong>, and you are signed in as{" "}
            <Strong>{signedInAs}</Strong>. Sign out here to go on with it.
          </p>
        )}
        {signedInAs === null && hasAccount && (
          <p>
            <Strong>{email}</Strong> has an account: sign in with it, and you come back here.
          </p>
        )}
      </AuthHeading>
      <NextStep view={view} token={token} look={look} />
    </>
  );
}

function NextStep({ view: { email, hasAccount, signedInAs }, token, look }: LiveProps) {
  if (signedInAs === email)
    return (
      <Press
        label="Accept the invitation"
        busyLabel="Accepting…"
        act={async () => {
          const refusal = await refusalOf(() => sendApi("/api/invitations/accept", { token }));
          // Used or withdrawn meanwhile: the page says what it is now.
          if (refusal) look();
          else location.assign("/");
          return refusal;
        }}
      />
    );
  if (signedInAs !== null)
    return (
      <Press
        label="Sign out and go on"
        busyLabel="Signing out…"
        act={async () => {
          const refusal = await refusalOf(() => sendApi("/api/auth/sign-out"));
          if (!refusal) look();
          return refusal;
        }}
      />
    );
  if (!hasAccount) return <Join token={token} email={email} look={look} />;
  return (
    <a
      href={`/sign-in?next=${encodeURIComponent("/invitation")}`}
      className={buttonStyle({ variant: "primary", size: "lg", className: "mt-6 w-full" })}
    >
      Sign in
    </a>
  );
}

const withArticle = (name: string): string => `${/^[AO]/.test(name) ? "an" : "a"} ${name.toLowerCase()}`;

const Strong = ({ children }: { children: string }) => (
  <span className="break-words font-medium text-ink">{children}</span>
);
