import type { Metadata } from "next";
import { LineList } from "@/components/channels/line-list";
import { NotAllowed } from "@/components/layout/not-allowed";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { workspaceContext } from "@/lib/auth/workspace";
import { supportUrl } from "@/lib/billing/support-url";
import { linesQuery } from "@/lib/lines/client";
import { listLines } from "@/lib/lines/list-lines";
import { garagePage } from "../../garage-page";
import { Prefetch } from "../billing/prefetch";

export const metadata: Metadata = { title: "Channels" };

/** The garage's numbers as they were last read; each asks its provider once the page is open. */
export default garagePage(async function ChannelsPage() {
  const { ctx, orgId, permissions } = await workspaceContext();
  if (!permissions.includes("settings.manage")) return <NotAllowed what="channels" />;
  return (
    <Page>
      <PageHeader
        title="Channels"
        description="The numbers your customers call and write to. Torqueflow’s support assigns them; you connect them here."
      />
      <Prefetch queryKey={linesQuery().queryKey} read={() => listLines(ctx, orgId)} log={ctx.log}>
        <LineList supportUrl={supportUrl()} />
      </Prefetch>
    </Page>
  );
});
