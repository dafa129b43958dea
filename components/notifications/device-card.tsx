"use client";

import BellRing from "lucide-react/icons/bell-ring";
import dynamic from "next/dynamic";
import { ALERTS_TEXT, useAlert } from "@/components/alerts/alert-settings";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

/** What a browser allows is known in the browser alone. */
const DeviceChoices = dynamic(
  () => import("@/components/alerts/device-choices").then((module) => module.DeviceChoices),
  { ssr: false, loading: () => <Skeleton className="my-3 h-24" /> },
);

const playSound = () => void import("@/components/alerts/device-choices").then(({ playNow }) => playNow());

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
