import type { Metadata } from "next";
import { PageLink } from "@/components/ui/page-link";
import { ownPath } from "@/lib/http/own-path";
import { env } from "@/lib/shared/env";
import { AuthHeading, TEXT_LINK } from "../auth-heading";
import { leadingTo } from "../auth-request";
import { redirectSignedIn } from "../redirect-signed-in";
import { DemoAccounts } from "./demo-accounts";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { readonly searchParams: Promise<{ readonly next?: string | string[] }> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const next = ownPath((await searchParams).next);
  await redirectSignedIn(next);
  return (
    <>
      <AuthHeading title="Sign in" />
      <SignInForm next={next} />
      <p className="mt-6 text-muted">
        New to Torqueflow?{" "}
        <PageLink href={leadingTo("/sign-up", next)} className={TEXT_LINK}>
          Start a free trial
        </PageLink>
      </p>
      {env().TORQUEFLOW_DEMO && <DemoAccounts />}
    </>
  );
}
