import type { Metadata } from "next";
import { NotAllowed } from "@/components/layout/not-allowed";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { DeviceCard } from "@/components/notifications/device-card";
import { EmailCard } from "@/components/notifications/email-card";
import { workspaceContext } from "@/lib/auth/workspace";
import { notificationsQuery } from "@/lib/mail/client";
import { getNotifications } from "@/lib/mail/get-notifications";
import { garagePage } from "../../garage-page";
import { Prefetch } from "../billing/prefetch";

export const metadata: Metadata = { title: "Notifications" };

/** For who works in the inbox: what this device tells; for owners also what they get by email. */
export default garagePage(async function NotificationsPage() {
  const { ctx, orgId, role, permissions } = await workspaceContext();
  if (!permissions.includes("messages.view")) return <NotAllowed what="notifications" />;
  return (
    <Page>
      <PageHeader
        title="Notifications"
        description="What reaches you when Torqueflow isn’t in front of you."
      />
      <div className="grid gap-4">
        <DeviceCard />
        {role === "owner" && (
          <Prefetch
            queryKey={notificationsQuery().queryKey}
            read={() => getNotifications(ctx, orgId)}
            log={ctx.log}
          >
            <EmailCard />
          </Prefetch>
        )}
      </div>
    </Page>
  );
});
