import type { Metadata, Route } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { PageLink } from "@/components/ui/page-link";
import { secondStepOf } from "@/lib/auth/second-step";
import { ownPath, signInPath } from "@/lib/http/own-path";
import { redirectSignedIn } from "../../redirect-signed-in";
import { CodeForm } from "./code-form";

export const metadata: Metadata = { title: "Two-step verification" };

type CodePageProps = { readonly searchParams: Promise<{ readonly next?: string | string[] }> };

/** The second step of signing in, for a browser that has shown the first. */
export default async function CodePage({ searchParams }: CodePageProps) {
  const next = ownPath((await searchParams).next);
  await redirectSignedIn(next);
  if (!(await secondStepOf(await headers()))) redirect(signInPath(next) as Route);
  return (
    <>
      <h1 className="mt-8 font-semibold text-2xl tracking-[-0.02em]">Two-step verification</h1>
      <CodeForm next={next} />
      <p className="mt-6 text-muted">
        Lost your phone and your recovery codes? Ask Torqueflow support.{" "}
        <PageLink
          href={signInPath(next) as Route}
          className="font-medium text-accent underline-offset-4 hover:underline"
        >
          Back to sign-in
        </PageLink>
      </p>
    </>
  );
}
