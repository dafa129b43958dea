import type { Metadata } from "next";
import { NotAllowed } from "@/components/layout/not-allowed";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { GarageSettingsView } from "@/components/settings/garage/garage-settings";
import { workspaceContext } from "@/lib/auth/workspace";
import { countSegments } from "@/lib/channels/sms/segments";
import { garageSettingsQuery } from "@/lib/garage/client";
import { getGarageSettings } from "@/lib/garage/garage-settings";
import { smsReply } from "@/lib/inbox/canned-preview";
import { londonDay } from "@/lib/shared/london-time";
import { garagePage } from "../../garage-page";
import { Prefetch } from "../billing/prefetch";

export const metadata: Metadata = { title: "Garage" };

export default garagePage(async function GarageSettingsPage() {
  const { ctx, orgId, permissions } = await workspaceContext();
  if (!permissions.includes("settings.manage")) return <NotAllowed what="the garage’s settings" />;
  const text = smsReply();
  return (
    <Page>
      <PageHeader
        title="Garage"
        description="What customers and the AI are told of your garage. It changes at once."
      />
      <Prefetch
        queryKey={garageSettingsQuery().queryKey}
        read={() => getGarageSettings(ctx, orgId)}
        log={ctx.log}
      >
        <GarageSettingsView today={londonDay(ctx.now())} sms={{ text, segments: countSegments(text) }} />
      </Prefetch>
    </Page>
  );
});
