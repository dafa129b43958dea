"use client";

import { QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { organisationShown } from "@/components/layout/api";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { onDemand } from "@/components/ui/on-demand";
import type { Garage } from "@/lib/auth/memberships";
import { askAccess, followAccess, type Standing, stepFor, takeHeldBack } from "./access";
import { forgetGarage } from "./device";
import { keepFresh, type LivePage } from "./keep-fresh";
import { createQueryClient } from "./query-client";
import { followSignOut } from "./sign-out";

// Rarely needed, and no part of every page's script.
const ElsewhereNotice = onDemand(
  async () => ({ default: (await import("./access-notices")).ElsewhereNotice }),
  { missing: () => <Reload /> },
);
const LeftNotice = onDemand(async () => ({ default: (await import("./access-notices")).LeftNotice }), {
  missing: () => <Reload />,
});

/** Where even the notice did not come: what the server renders anew may be shown. */
function Reload() {
  return (
    <Dialog id="reload" title="This page can’t go on" onClose={() => undefined}>
      <p id="reload-text" className="mt-2 text-muted">
        It belongs to a garage that you are not working for now.
      </p>
      <div className="mt-5 flex justify-end">
        <Button variant="primary" onClick={() => location.reload()}>
          Reload
        </Button>
      </div>
    </Dialog>
  );
}

type LiveProviderProps = LivePage & {
  /** All garages of the reader, as the page shows them. */
  readonly garages: readonly Garage[];
  readonly children: ReactNode;
};

/** The browser's cache of API answers, kept fresh by live events; what is said once the page may not be shown any more. */
export function LiveProvider({ scope, renderedAt, garages, children }: LiveProviderProps) {
  const [client] = useState(createQueryClient);
  // A later rendering of the layout is none of the whole page.
  const [first] = useState(renderedAt);
  const [standing, setStanding] = useState<Standing>();
  return (
    <QueryClientProvider client={client}>
      {standing?.kind === "left" ? (
        // Who belongs nowhere now is on the way to the page that says so.
        standing.access.acting && <LeftNotice garages={garages} access={standing.access} />
      ) : (
        <>
          <LiveUpdates
            scope={scope}
            renderedAt={first}
            garages={garages}
            isElsewhere={standing?.kind === "elsewhere"}
            onStanding={setStanding}
          />
          {children}
          {standing?.kind === "elsewhere" && (
            <ElsewhereNotice
              garages={garages}
              access={standing.access}
              onBack={() => {
                setStanding(undefined);
                void client.invalidateQueries();
                // What was held back is rendered now.
                askAccess();
              }}
            />
          )}
        </>
      )}
    </QueryClientProvider>
  );
}

type LiveUpdatesProps = Omit<LiveProviderProps, "children"> & {
  /** Nothing is read until the reader has chosen. */
  readonly isElsewhere: boolean;
  readonly onStanding: (standing: Standing) => void;
};

function LiveUpdates({ scope, renderedAt, garages, isElsewhere, onStanding }: LiveUpdatesProps) {
  const queries = useQueryClient();
  const router = useRouter();
  useEffect(() => {
    if (isElsewhere) return;
    // The layout holds the server's clock, and everything on the page was rendered with the earlier time.
    const start = () => keepFresh(queries, { scope, renderedAt }, () => router.refresh());
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
  }, [queries, router, scope, renderedAt, isElsewhere]);
  useEffect(followSignOut, []);
  const follow = useEffectEvent((standing: Standing) => {
    // What is held back stays so until the reader has chosen this garage again.
    const isHeldBack = standing.kind === "current" && takeHeldBack();
    const step = stepFor(standing, { garages, isHeldBack });
    if (step === "refresh") router.refresh();
    if (step === "reload") location.reload();
    if (step === "no-garage") location.assign("/no-garage");
    if (standing.kind === "left") forgetGarage(organisationShown());
    onStanding(standing);
  });
  useEffect(() => followAccess((standing) => follow(standing)), []);
  return null;
}
