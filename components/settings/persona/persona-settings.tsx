"use client";

import { personaSettingsQuery } from "@/lib/garage/client";
import { SettingsBlock } from "../settings-page";
import { PersonaForm } from "./persona-form";

/** Settings > AI persona. */
export function PersonaSettingsView({ supportUrl }: { readonly supportUrl: string }) {
  return (
    <SettingsBlock query={personaSettingsQuery()} errorTitle="Your AI persona could not be loaded.">
      {(settings) => <PersonaForm settings={settings} supportUrl={supportUrl} />}
    </SettingsBlock>
  );
}
