import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { systemContext } from "@/lib/auth/context";
import { myPlace } from "@/lib/auth/my-place";
import type { SignedIn } from "@/lib/auth/session";
import { findPlace } from "@/lib/auth/workspace";
import { supportUrl } from "@/lib/billing/support-url";
import { AuthHeading, TEXT_LINK } from "../auth-heading";
import { Invitation } from "./invitation";
import { SignOut } from "./sign-out";
import { StartGarage } from "./start-garage";

export const metadata: Metadata = { title: "No garage" };

/** For whoever is signed in and belongs to no garage: why nothing is here, and what to do. */
export default async function NoGaragePage() {
  const { user, belongs } = await findPlace(await headers());
  if (!user) redirect("/sign-in");
  if (belongs) redirect("/");
  return (
    <>
      {user.isSupport ? <Support user={user} /> : <Nowhere user={user} />}
      <SignOut />
    </>
  );
}

const SignedInAs = ({ user }: { user: SignedIn }) => (
  <p>
    You are signed in as <span className="break-words text-ink">{user.email}</span>.
  </p>
);

const Support = ({ user }: { user: SignedIn }) => (
  <AuthHeading title="Torqueflow support">
    <SignedInAs user={user} />
    <p>
      Support works on the command line: <code className="text-ink">npm run credits -- attention</code> lists
      what to look at, <code className="text-ink">npm run credits -- --help</code> has the rest.
    </p>
  </AuthHeading>
);

async function Nowhere({ user }: { user: SignedIn }) {
  const { unusable, invitations } = await myPlace(systemContext("no-garage"), user);
  const [stuck] = unusable;
  return (
    <>
      <AuthHeading title={stuck ? `You have no role in ${stuck.garage}` : "You belong to no garage"}>
        <SignedInAs user={user} />
        {stuck && (
          <p>
            {`Your role there, “${stuck.role}”, is none that Torqueflow knows. Ask an owner or manager of ${stuck.garage} to give you another one, then reload this page.`}
          </p>
        )}
      </AuthHeading>
      {invitations.length > 0 && (
        <Part title={invitations.length === 1 ? "You are invited" : "You are invited to several garages"}>
          <ul className="grid gap-4">
            {invitations.map(({ id, garage, invitedBy }) => (
              <Invitation key={id} id={id} garage={garage} invitedBy={invitedBy} />
            ))}
          </ul>
        </Part>
      )}
      {!stuck && (
        <>
          <Part title="Join your team’s garage">
            <p className="text-muted">
              {`Ask an owner or manager to invite ${user.email} under Settings, then open the link in that email.`}
            </p>
          </Part>
          <Part title="Start a garage of your own">
            <StartGarage />
          </Part>
        </>
      )}
      <p className="mt-8 border-t pt-5 text-muted">
        Something is not right?{" "}
        <a href={supportUrl()} className={TEXT_LINK}>
          Contact Torqueflow support
        </a>
      </p>
    </>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="mt-8 border-t pt-5">
    <h2 className="mb-1.5 font-medium text-lg">{title}</h2>
    {children}
  </section>
);
