import type { Metadata } from "next";
import { ownPath } from "@/lib/http/own-path";
import { env } from "@/lib/shared/env";
import { ForgotPassword } from "./forgot-password";

export const metadata: Metadata = { title: "Forgotten password" };

type ForgotPasswordPageProps = { readonly searchParams: Promise<{ readonly next?: string | string[] }> };

/** Also for who is signed in: the mail about a changed password leads here. */
export default async function ForgotPasswordPage({ searchParams }: ForgotPasswordPageProps) {
  return <ForgotPassword next={ownPath((await searchParams).next)} isDemo={env().TORQUEFLOW_DEMO} />;
}
