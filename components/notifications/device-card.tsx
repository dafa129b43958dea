"use client";

import BellRing from "lucide-react/icons/bell-ring";
import { ALERTS_TEXT, useAlert } from "@/components/alerts/alert-settings";
import { toast } from "@/components/layout/toast";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { partMissing } from "@/components/ui/missing";
import { onDemand } from "@/components/ui/on-demand";
import { Skeleton } from "@/components/ui/skeleton";

/** What a browser allows is known in the browser alone. */
const DeviceChoices = onDemand(
  async () => ({ default: (await import("@/components/alerts/device-choices")).DeviceChoices }),
  {
    loading: () => <Skeleton className="my-3 h-28 max-sm:h-40" />,
    missing: partMissing("The choices for this device couldn’t be loaded"),
  },
);

const playSound = () =>
  void import("@/components/alerts/device-choices").then(
    ({ playNow }) => playNow(),
    () => toast.error("The sound couldn’t be loaded. Check your connection and try again."),
  );

/** Desktop notifications and the sound: of this device, for whoever sits at it. */
export function DeviceCard() {
  const sound = useAlert("sound");
  return (
    <Card labelledBy="device-alerts-title">
      <CardHeader
        id="device-alerts-title"
        title="On this device"
        icon={<BellRing aria-hidden />}
        description={`${ALERTS_TEXT} Kept in this browser.`}
        aside={
          sound && (
            <Button size="sm" onClick={playSound}>
              Play the sound
            </Button>
          )
        }
      />
      <CardBody className="pt-1 pb-2">
        <DeviceChoices />
      </CardBody>
    </Card>
  );
}
