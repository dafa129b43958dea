"use client";

import { useState } from "react";
import { organisationShown } from "@/components/layout/api";
import { PAGE_ACTION, PageMessage } from "@/components/layout/page-message";
import { Banner } from "@/components/ui/banner";
import { Button, WRAPS } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Access } from "@/lib/auth/get-access";
import type { Garage } from "@/lib/auth/memberships";
import { switchGarage } from "./switch-garage";

type NoticeProps = { readonly garages: readonly Garage[]; readonly access: Access };

const nameOf = (garages: readonly Garage[], orgId: string | undefined): string =>
  garages.find((garage) => garage.orgId === orgId)?.name ?? "another garage";

/** Another tab has chosen another garage: this one goes on when its reader says for which. */
export function ElsewhereNotice({ garages, access, onBack }: NoticeProps & { readonly onBack: () => void }) {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const shown = nameOf(garages, organisationShown());
  const chosen = nameOf(access.garages, access.acting?.orgId);
  const goBack = async () => {
    setIsBusy(true);
    const refusal = await switchGarage(organisationShown());
    if (refusal === undefined) return onBack();
    setProblem(refusal);
    setIsBusy(false);
  };
  return (
    <Dialog id="elsewhere" title={`You are working for ${chosen} now`} onClose={() => undefined}>
      <p id="elsewhere-text" className="mt-2 text-muted">
        {`Another tab has gone on to ${chosen}, and this page still shows ${shown}. Nothing is sent from here until you choose; what you have typed is kept.`}
      </p>
      {problem && (
        <div className="mt-4">
          <Banner tone="bad" title={problem} urgent />
        </div>
      )}
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button className={WRAPS} onClick={() => location.assign("/")}>{`Reload for ${chosen}`}</Button>
        <Button variant="primary" className={WRAPS} aria-busy={isBusy} onClick={() => void goBack()}>
          {`Go on with ${shown}`}
        </Button>
      </div>
    </Dialog>
  );
}

/** Its reader is not in the garage's team any more: nothing of it is shown. */
export function LeftNotice({ garages, access }: NoticeProps) {
  // The page's own organisation is gone with its content.
  const [left] = useState(() =>
    garages.find(({ orgId }) => !access.garages.some((one) => one.orgId === orgId)),
  );
  return (
    <main role="alert" className="min-h-dvh">
      <PageMessage
        title={`You are no longer in the team of ${left?.name ?? "this garage"}`}
        action={
          <button type="button" className={PAGE_ACTION} onClick={() => location.assign("/")}>
            {`Go on with ${nameOf(access.garages, access.acting?.orgId)}`}
          </button>
        }
      >
        Somebody of the team has removed you, or you have left it. What you had there has gone back to the
        team.
      </PageMessage>
    </main>
  );
}
