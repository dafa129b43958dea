"use client";

import ShieldCheck from "lucide-react/icons/shield-check";
import { useEffect, useRef, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { useFormatDay } from "@/components/ui/use-now";
import type { AccountDto } from "@/lib/auth/client";
import { formatCount } from "@/lib/shared/format";
import { RenewCodesDialog } from "./renew-codes-dialog";
import { SetUpDialog } from "./set-up-dialog";
import { SwitchOffDialog } from "./switch-off-dialog";

type Open = "set-up" | "renew" | "off" | null;

const FEW = 3;

/** A code of an app at sign-in: set up, its recovery codes, and off again. */
export function TwoStepCard({ account: { email, twoStep } }: { readonly account: AccountDto }) {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const body = useRef<HTMLDivElement>(null);
  const isOn = twoStep !== null;
  const before = useRef({ isOn, open });
  useEffect(() => {
    const hasChanged = before.current.isOn !== isOn || before.current.open !== open;
    before.current = { isOn, open };
    // The button that led to the dialog may be gone, and the focus with it.
    if (hasChanged && open === null && document.activeElement === document.body) body.current?.focus();
  }, [isOn, open]);
  return (
    <Card labelledBy="two-step-title">
      <CardHeader
        id="two-step-title"
        title="Two-step verification"
        icon={<ShieldCheck aria-hidden />}
        description="Signing in also asks for a code from an app on your phone, so that a stolen password alone opens nothing."
        aside={twoStep ? <Badge tone="good">On</Badge> : <Badge>Off</Badge>}
      />
      <CardBody ref={body} tabIndex={-1} className="-outline-offset-2">
        {twoStep ? (
          <On twoStep={twoStep} onOpen={setOpen} />
        ) : (
          <Button variant="primary" onClick={() => setOpen("set-up")}>
            Set up two-step verification
          </Button>
        )}
      </CardBody>
      {open === "set-up" && <SetUpDialog email={email} onClose={close} />}
      {open === "renew" && <RenewCodesDialog email={email} onClose={close} />}
      {open === "off" && <SwitchOffDialog email={email} onClose={close} />}
    </Card>
  );
}

type OnProps = {
  readonly twoStep: NonNullable<AccountDto["twoStep"]>;
  readonly onOpen: (open: Open) => void;
};

function On({ twoStep: { enabledAt, recoveryCodesLeft }, onOpen }: OnProps) {
  const formatDay = useFormatDay();
  return (
    <div className="grid gap-4">
      <p>{`On since ${formatDay(enabledAt)}. ${formatCount(recoveryCodesLeft, "recovery code is", "recovery codes are")} left.`}</p>
      {recoveryCodesLeft <= FEW && (
        <Banner
          tone="warn"
          title={recoveryCodesLeft === 0 ? "No recovery codes are left" : "Few recovery codes are left"}
        >
          Without your phone they are the only way in. Make new ones now.
        </Banner>
      )}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => onOpen("renew")}>New recovery codes</Button>
        <Button variant="danger" onClick={() => onOpen("off")}>
          Switch off
        </Button>
      </div>
    </div>
  );
}
