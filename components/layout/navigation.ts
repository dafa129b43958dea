import type { Route } from "next";
import type { Permission } from "@/lib/auth/permissions";

export type Destination = { readonly href: Route; readonly label: string; readonly icon: IconName };

export type IconName = "messages" | "calls" | "diagnostics" | "billing";

const DESTINATIONS: readonly (Destination & {
  readonly needs: Permission;
  readonly group: "work" | "settings";
})[] = [
  {
    href: "/messages" as Route,
    label: "Messaging Inbox",
    icon: "messages",
    needs: "messages.view",
    group: "work",
  },
  {
    href: "/voice" as Route,
    label: "Voice Dashboard",
    icon: "calls",
    needs: "voice.calls.view",
    group: "work",
  },
  {
    href: "/diagnostics" as Route,
    label: "Diagnostics",
    icon: "diagnostics",
    needs: "diagnostics.use",
    group: "work",
  },
  {
    href: "/settings/billing" as Route,
    label: "Billing",
    icon: "billing",
    needs: "billing.view",
    group: "settings",
  },
];

export type Navigation = { readonly work: readonly Destination[]; readonly settings: readonly Destination[] };

/** The pages that these permissions allow. */
export function navigationFor(permissions: readonly Permission[]): Navigation {
  const allowed = DESTINATIONS.filter(({ needs }) => permissions.includes(needs));
  const inGroup = (group: "work" | "settings") =>
    allowed.filter((item) => item.group === group).map(({ href, label, icon }) => ({ href, label, icon }));
  return { work: inGroup("work"), settings: inGroup("settings") };
}

/** Where a role starts: owners and managers on Billing, advisors in the inbox, technicians on Diagnostics. */
export function homeFor(permissions: readonly Permission[]): Route {
  const { work, settings } = navigationFor(permissions);
  return settings[0]?.href ?? work[0]?.href ?? ("/sign-in" as Route);
}
