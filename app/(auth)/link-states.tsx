"use client";

import { Banner } from "@/components/ui/banner";
import { Button, buttonStyle } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { AuthHeading } from "./auth-heading";
import type { LookedAt } from "./use-link";

/** While a link is looked at, or where that failed. */
export function LookingAtLink({ failure, look }: Pick<LookedAt<unknown>, "failure" | "look">) {
  return (
    <>
      <AuthHeading title={failure ? "Your link could not be read" : "Reading your link…"} />
      {failure ? (
        <div className="mt-6 grid gap-3">
          <Banner tone="bad" title={failure} urgent />
          <Button size="lg" onClick={look}>
            Try again
          </Button>
        </div>
      ) : (
        <div className="mt-4 grid gap-3">
          <Skeleton className="h-5 w-4/5" />
          <Skeleton className="h-10 w-full rounded-md" />
        </div>
      )}
    </>
  );
}

type DeadLinkProps = {
  readonly title: string;
  readonly words: string;
  readonly action: { readonly label: string; readonly href: string };
};

/** A link that cannot be used: why, and what helps. A plain link: each leads out of this page. */
export function DeadLink({ title, words, action }: DeadLinkProps) {
  return (
    <>
      <AuthHeading title={title} arrived>
        <p>{words}</p>
      </AuthHeading>
      <a
        href={action.href}
        className={buttonStyle({ variant: "primary", size: "lg", className: "mt-6 w-full" })}
      >
        {action.label}
      </a>
    </>
  );
}
