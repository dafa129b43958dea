import type { ReactNode } from "react";
import { FirstRunStrip } from "@/components/first-run/first-run-strip";
import { workspaceContext } from "@/lib/auth/workspace";
import { supportUrl } from "@/lib/billing/support-url";
import { firstRunQuery } from "@/lib/first-run/client";
import { getFirstRun } from "@/lib/first-run/get-first-run";
import { garagePage } from "../garage-page";
import { Prefetch } from "./billing/prefetch";

/** Every settings page: above it, while a new garage is being set up, what is missing. */
export default garagePage(async function SettingsLayout({ children }: { children: ReactNode }) {
  const { ctx, orgId, permissions } = await workspaceContext();
  if (!permissions.includes("settings.manage")) return children;
  return (
    <>
      <Prefetch queryKey={firstRunQuery().queryKey} read={() => getFirstRun(ctx, orgId)} log={ctx.log}>
        <FirstRunStrip supportUrl={supportUrl()} />
      </Prefetch>
      {children}
    </>
  );
});
