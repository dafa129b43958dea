"use client";

import { garageSettingsQuery } from "@/lib/garage/client";
import { SettingsBlock } from "../settings-page";
import { GarageForm } from "./garage-form";

type GarageSettingsViewProps = {
  readonly today: string;
  readonly sms: { readonly text: string; readonly segments: number };
};

/** Settings > Garage. */
export function GarageSettingsView(props: GarageSettingsViewProps) {
  return (
    <SettingsBlock query={garageSettingsQuery()} errorTitle="Your garage’s details could not be loaded.">
      {(settings) => <GarageForm settings={settings} {...props} />}
    </SettingsBlock>
  );
}
