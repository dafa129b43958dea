import type { Metadata } from "next";
import { ICONS } from "@/components/layout/icons";
import { ACCOUNT, navigationFor } from "@/components/layout/navigation";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { PageLink } from "@/components/ui/page-link";
import { workspaceContext } from "@/lib/auth/workspace";
import { garagePage } from "../garage-page";

export const metadata: Metadata = { title: "Settings" };

/** Every settings page that the member may open: how a phone gets to them. */
export default garagePage(async function SettingsPage() {
  const { permissions } = await workspaceContext();
  const { settings } = navigationFor(permissions);
  return (
    <Page>
      <PageHeader title="Settings" />
      <Card>
        <ul className="divide-y">
          {[...settings, ACCOUNT].map(({ href, label, icon, about }) => {
            const Icon = ICONS[icon];
            return (
              <li key={href}>
                <PageLink
                  href={href}
                  className="flex items-start gap-3 px-5 py-4 transition-colors duration-150 hover:bg-sunken [li:first-child>&]:rounded-t-lg [li:last-child>&]:rounded-b-lg"
                >
                  <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-faint" />
                  <span className="min-w-0">
                    <span className="block font-medium">{label}</span>
                    {about && <span className="block text-muted text-sm">{about}</span>}
                  </span>
                </PageLink>
              </li>
            );
          })}
        </ul>
      </Card>
    </Page>
  );
});
