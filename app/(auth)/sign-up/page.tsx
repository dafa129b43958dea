import type { Metadata } from "next";
import Link from "next/link";
import { redirectSignedIn } from "../redirect-signed-in";
import { SignUpForm } from "./sign-up-form";

export const metadata: Metadata = { title: "Start a free trial" };

export default async function SignUpPage() {
  await redirectSignedIn();
  return (
    <>
      <h1 className="mt-8 font-semibold text-2xl tracking-[-0.02em]">Start a free trial</h1>
      <p className="mt-1.5 text-balance text-muted">
        Your trial includes free AI credits. No card is needed.
      </p>
      <SignUpForm />
      <p className="mt-6 text-muted">
        Already have an account?{" "}
        <Link href="/sign-in" className="font-medium text-accent underline-offset-4 hover:underline">
          Sign in
        </Link>
      </p>
    </>
  );
}
