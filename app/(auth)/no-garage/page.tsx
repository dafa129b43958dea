import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { findPlace } from "@/lib/auth/workspace";
import { supportUrl } from "@/lib/billing/support-url";
import { SignOut } from "./sign-out";

export const metadata: Metadata = { title: "No garage" };

/** For whoever is signed in and belongs to no garage: why nothing is here, and what to do. */
export default async function NoGaragePage() {
  const { user, belongs } = await findPlace(await headers());
  if (!user) redirect("/sign-in");
  if (belongs) redirect("/");
  return (
    <>
      <h1 className="mt-8 font-semibold text-2xl tracking-[-0.02em]">
        {user.isSupport ? "Torqueflow support" : "You belong to no garage"}
      </h1>
      <p className="mt-3 text-muted">
        You are signed in as <span className="break-words text-ink">{user.email}</span>.
      </p>
      {user.isSupport ? (
        <p className="mt-3 text-muted">
          Support works on the command line: <code className="text-ink">npm run credits -- attention</code>{" "}
          lists what to look at, <code className="text-ink">npm run credits -- --help</code> has the rest.
        </p>
      ) : (
        <p className="mt-3 text-muted">
          Ask an owner or manager of your garage to add you, then reload this page. If you cannot reach them,{" "}
          <a href={supportUrl()} className="font-medium text-accent underline-offset-4 hover:underline">
            contact Torqueflow support
          </a>
          .
        </p>
      )}
      <SignOut />
    </>
  );
}
