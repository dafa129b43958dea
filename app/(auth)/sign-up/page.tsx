import type { Metadata } from "next";
import { ownPath } from "@/lib/http/own-path";
import { env } from "@/lib/shared/env";
import { redirectSignedIn } from "../redirect-signed-in";
import { SignUp } from "./sign-up";

export const metadata: Metadata = { title: "Start a free trial" };

type SignUpPageProps = { readonly searchParams: Promise<{ readonly next?: string | string[] }> };

export default async function SignUpPage({ searchParams }: SignUpPageProps) {
  const next = ownPath((await searchParams).next);
  await redirectSignedIn(next);
  return <SignUp next={next} isDemo={env().TORQUEFLOW_DEMO} />;
}
