import type { Route } from "next";
import type { Permission } from "@/lib/auth/permissions";

export type IconName =
  | "home"
  | "messages"
  | "calls"
  | "diagnostics"
  | "settings"
  | "garage"
  | "persona"
  | "channels"
  | "team"
  | "notifications"
  | "billing"
  | "account"
  | "audit";

export type Destination = {
  readonly href: Route;
  readonly label: string;
  readonly icon: IconName;
  /** What is done there, where the label alone does not say it. */
  readonly about?: string;
};

type Place = Destination & { readonly needs: Permission };

const WORK: readonly Place[] = [
  { href: "/" as Route, label: "Home", icon: "home", needs: "voice.calls.view" },
  { href: "/messages" as Route, label: "Messaging Inbox", icon: "messages", needs: "messages.view" },
  { href: "/voice" as Route, label: "Voice Dashboard", icon: "calls", needs: "voice.calls.view" },
  { href: "/diagnostics" as Route, label: "Diagnostics", icon: "diagnostics", needs: "diagnostics.use" },
];

/** In the order in which a new garage meets them. A page joins when it can be opened. */
const SETTINGS: readonly Place[] = [
  {
    href: "/settings/garage" as Route,
    label: "Garage",
    icon: "garage",
    about: "Name, phone, portal, opening hours and services: what customers are told",
    needs: "settings.manage",
  },
  {
    href: "/settings/persona" as Route,
    label: "AI persona",
    icon: "persona",
    about: "How your assistant answers the phone, and what it may do",
    needs: "settings.manage",
  },
  {
    href: "/settings/channels" as Route,
    label: "Channels",
    icon: "channels",
    about: "The numbers customers call and write to",
    needs: "settings.manage",
  },
  {
    href: "/settings/team" as Route,
    label: "Team",
    icon: "team",
    about: "Who works with this garage, and what each may do",
    needs: "team.manage",
  },
  {
    href: "/settings/notifications" as Route,
    label: "Notifications",
    icon: "notifications",
    about: "What reaches you when Torqueflow isn’t in front of you",
    needs: "messages.view",
  },
  {
    href: "/settings/billing" as Route,
    label: "Billing",
    icon: "billing",
    about: "Your subscription and the AI credits that come with it",
    needs: "billing.view",
  },
  {
    href: "/settings/audit" as Route,
    label: "Audit log",
    icon: "audit",
    about: "Who changed what, and when",
    needs: "audit.view",
  },
];

/** Everybody's, whatever they may do: under their name, and on phones among the settings. */
export const ACCOUNT: Destination = {
  href: "/settings/account" as Route,
  label: "My account",
  icon: "account",
  about: "Your name and password, two-step verification, and where you are signed in",
};

export type Navigation = { readonly work: readonly Destination[]; readonly settings: readonly Destination[] };

/** The pages that these permissions allow. What a person sets up for themselves is under their name. */
export function navigationFor(permissions: readonly Permission[]): Navigation {
  const allowed = (places: readonly Place[]): Destination[] =>
    places
      .filter(({ needs }) => permissions.includes(needs))
      .map(({ needs: _, ...destination }) => destination);
  return { work: allowed(WORK), settings: allowed(SETTINGS) };
}

/** Where a role starts: technicians on Diagnostics, everybody else on Home. */
export function homeFor(permissions: readonly Permission[]): Route {
  const { work } = navigationFor(permissions);
  return work[0]?.href ?? ("/sign-in" as Route);
}
