import type { Metadata } from "next";
import { NotAllowed } from "@/components/layout/not-allowed";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { PersonaSettingsView } from "@/components/settings/persona/persona-settings";
import { workspaceContext } from "@/lib/auth/workspace";
import { supportUrl } from "@/lib/billing/support-url";
import { testCallQuery } from "@/lib/calls/client";
import { getTestCalls } from "@/lib/calls/start-test-call";
import { personaSettingsQuery } from "@/lib/garage/client";
import { getPersonaSettings } from "@/lib/garage/persona-settings";
import { garagePage } from "../../garage-page";
import { Prefetch } from "../billing/prefetch";

export const metadata: Metadata = { title: "AI persona" };

export default garagePage(async function PersonaSettingsPage() {
  const { ctx, orgId, permissions } = await workspaceContext();
  if (!permissions.includes("settings.manage")) return <NotAllowed what="the AI persona" />;
  const { log } = ctx;
  return (
    <Page>
      <PageHeader
        title="AI persona"
        description="How your assistant answers the phone. A change counts for the next call."
      />
      <Prefetch
        queryKey={personaSettingsQuery().queryKey}
        read={() => getPersonaSettings(ctx, orgId)}
        log={log}
      >
        <Prefetch queryKey={testCallQuery().queryKey} read={() => getTestCalls(ctx, orgId)} log={log}>
          <PersonaSettingsView supportUrl={supportUrl()} />
        </Prefetch>
      </Prefetch>
    </Page>
  );
});
