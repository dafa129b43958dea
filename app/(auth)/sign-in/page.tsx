import type { Metadata } from "next";
import Link from "next/link";
import { ownPath } from "@/lib/http/own-path";
import { env } from "@/lib/shared/env";
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
      <h1 className="mt-8 font-semibold text-2xl tracking-[-0.02em]">Sign in</h1>
      <SignInForm next={next} />
      <p className="mt-6 text-muted">
        New to Torqueflow?{" "}
        <Link href="/sign-up" className="font-medium text-accent underline-offset-4 hover:underline">
          Start a free trial
        </Link>
      </p>
      {env().TORQUEFLOW_DEMO && <DemoAccounts />}
    </>
  );
}
