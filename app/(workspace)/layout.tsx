import type { ReactNode } from "react";
import { Alerts } from "@/components/alerts/alerts";
import { HelpProvider } from "@/components/layout/help";
import { navigationFor } from "@/components/layout/navigation";
import { Sidebar, TopBar } from "@/components/layout/sidebar";
import { Toasts } from "@/components/layout/toasts";
import { LiveProvider } from "@/components/live/live-provider";
import { GarageFrame } from "@/components/live/of-garage";
import { Arrivals } from "@/components/messages/arrivals";
import { Unsent } from "@/components/messages/unsent";
import { ClockProvider } from "@/components/ui/use-now";
import { workspaceContext } from "@/lib/auth/workspace";
import { clockAheadMs, machineClock } from "@/lib/shared/clock";
import { env } from "@/lib/shared/env";
import { Overdue } from "./overdue";

/** Every signed-in page: navigation by permission, live updates, toasts. */
export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  const renderedAt = machineClock().getTime();
  const { ctx, orgId, orgName, garages, userName, role, permissions } = await workspaceContext();
  const navigation = navigationFor(permissions);
  const viewer = { orgId, orgName, garages, userName, role };
  return (
    <GarageFrame orgId={orgId}>
      <LiveProvider scope={`${orgId}:${ctx.actor.userId}`} renderedAt={renderedAt} garages={garages}>
        <a
          href="#main"
          className="sr-only rounded-md bg-ink px-3 py-2 font-medium text-on-ink focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50"
        >
          Skip to content
        </a>
        <div data-organisation={orgId} data-role={role} className="flex min-h-dvh flex-col md:flex-row">
          <Sidebar navigation={navigation} viewer={viewer} />
          <TopBar navigation={navigation} viewer={viewer} />
          <main id="main" tabIndex={-1} className="flex min-w-0 grow flex-col outline-none md:min-h-dvh">
            <ClockProvider aheadMs={clockAheadMs()}>
              <Overdue />
              <HelpProvider url={env().HELP_URL ?? null}>{children}</HelpProvider>
            </ClockProvider>
          </main>
        </div>
        {permissions.includes("messages.view") && (
          <>
            <Arrivals />
            <Alerts />
          </>
        )}
        {permissions.includes("messages.send") && (
          <ClockProvider aheadMs={clockAheadMs()}>
            <Unsent userId={ctx.actor.userId} />
          </ClockProvider>
        )}
        <Toasts />
      </LiveProvider>
    </GarageFrame>
  );
}
