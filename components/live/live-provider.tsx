"use client";

import { QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { followAccess } from "./access";
import { keepFresh } from "./keep-fresh";
import { createQueryClient } from "./query-client";
import { followSignOut } from "./sign-out";

type LiveProviderProps = {
  /** Whose page this is: tabs of the same member in the same organisation share one stream. */
  readonly scope: string;
  readonly children: ReactNode;
};

/** The browser's cache of API answers, kept fresh by live events. */
export function LiveProvider({ scope, children }: LiveProviderProps) {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <LiveUpdates scope={scope} />
      {children}
    </QueryClientProvider>
  );
}

function LiveUpdates({ scope }: { scope: string }) {
  const queries = useQueryClient();
  const router = useRouter();
  useEffect(() => {
    // The layout holds the server's clock, and everything on the page was rendered with the earlier time.
    const start = () => keepFresh(queries, scope, () => router.refresh());
    let stop = start();
    const leave = () => stop();
    // The Back button may bring this page as it was left.
    const comeBack = ({ persisted }: PageTransitionEvent) => {
      if (persisted) stop = start();
    };
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", comeBack);
    return () => {
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", comeBack);
      stop();
    };
  }, [queries, router, scope]);
  useEffect(followSignOut, []);
  useEffect(
    () =>
      followAccess(({ kind }) => {
        if (kind === "left") location.assign("/");
        else if (kind !== "current") location.reload();
      }),
    [],
  );
  return null;
}
