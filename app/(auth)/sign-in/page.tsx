import type { Metadata } from "next";
import Link from "next/link";
import { env } from "@/lib/shared/env";
import { redirectSignedIn } from "../redirect-signed-in";
import { DemoAccounts } from "./demo-accounts";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { readonly searchParams: Promise<{ readonly next?: string | string[] }> };

/** Only a path of this site: never "//elsewhere.example" or a whole address. */
const ownPath = (next: string | string[] | undefined): string =>
  typeof next === "string" && /^\/[\w-][\w/-]*$/.test(next) ? next : "/";

export default async function SignInPage({ searchParams }: SignInPageProps) {
  await redirectSignedIn();
  const { next } = await searchParams;
  return (
    <>
      <h1 className="mt-8 font-semibold text-2xl tracking-[-0.02em]">Sign in</h1>
      <SignInForm next={ownPath(next)} />
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
