import type { Route } from "next";
import type { Garage } from "@/lib/auth/memberships";
import { AlertsButton } from "../alerts/alerts-button";
import { AccountLink } from "./account-link";
import { Brand } from "./brand";
import { GarageName } from "./garage-name";
import { NavLink } from "./nav-link";
import type { Destination, Navigation } from "./navigation";
import { SignOutButton } from "./sign-out-button";
import { ThemeButton } from "./theme-button";

export type Viewer = {
  readonly orgId: string;
  readonly orgName: string;
  readonly garages: readonly Garage[];
  readonly userName: string;
  readonly role: string;
};

type SidebarProps = { readonly navigation: Navigation; readonly viewer: Viewer };

const showsMessages = ({ work }: Navigation): boolean => work.some(({ icon }) => icon === "messages");

/** The navigation from 768 px up: one column. */
export function Sidebar({ navigation, viewer }: SidebarProps) {
  return (
    <aside className="sticky top-0 hidden h-dvh w-58 shrink-0 flex-col overflow-y-auto border-r px-3 py-4 *:shrink-0 md:flex">
      <div className="flex min-h-9 items-center justify-between">
        <Brand className="px-2.5" />
        {showsMessages(navigation) && <AlertsButton />}
      </div>
      <GarageName {...viewer} className="mt-2 px-2.5 py-1 text-left font-medium text-sm" />
      <nav aria-label="Main" className="mt-2 grid gap-0.5">
        {navigation.work.map((item) => (
          <NavLink key={item.href} {...item} />
        ))}
        {navigation.settings.length > 0 && <p className="px-2.5 pt-5 pb-1 text-faint text-xs">Settings</p>}
        {navigation.settings.map((item) => (
          <NavLink key={item.href} {...item} />
        ))}
      </nav>
      <div className="mt-auto flex items-center gap-1 pt-4">
        <AccountLink {...viewer} />
        <ThemeButton />
        <SignOutButton />
      </div>
    </aside>
  );
}

/** Where all settings are listed: a row on a phone has no room for each. */
const SETTINGS: Destination = { href: "/settings" as Route, label: "Settings", icon: "settings" };

/** The navigation on phones: the garage’s name, and below it a row of pages. */
export function TopBar({ navigation, viewer }: SidebarProps) {
  return (
    <header className="border-b bg-canvas md:hidden">
      <div className="flex items-center gap-1 py-2 pr-2 pl-4">
        <Brand className="[&]:gap-2" />
        <GarageName
          {...viewer}
          className="min-h-9 min-w-0 grow content-center pl-2 text-right text-faint text-sm"
        />
        {showsMessages(navigation) && <AlertsButton />}
        <ThemeButton />
        <SignOutButton />
      </div>
      <nav aria-label="Main" className="grid auto-cols-fr grid-flow-col gap-0.5 px-1.5 pb-1.5">
        {[...navigation.work, SETTINGS].map((item) => (
          <NavLink key={item.href} {...item} />
        ))}
      </nav>
    </header>
  );
}
