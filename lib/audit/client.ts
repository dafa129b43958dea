import type { ActKind } from "./core/act-kinds";
import type { ActDto, AuditAsked, AuditDto } from "./list-acts";

export type { ActDto, ActKind, AuditDto };

/** How the log is narrowed. */
export type AuditFilter = Pick<AuditAsked, "person" | "kind" | "from" | "to">;

/** In the order in which settings stand, then what is not set there. */
export const KIND_NAMES: Readonly<Record<ActKind, string>> = {
  garage: "Garage",
  persona: "AI persona",
  channels: "Channels",
  team: "Team",
  notifications: "Notifications",
  billing: "Billing",
  account: "Accounts",
  messages: "Messages",
};

function params(filter: AuditFilter): URLSearchParams {
  const given = Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return new URLSearchParams(given);
}

/** The pages of the log as it is narrowed. How they are read is the browser's or the server's own. */
export const auditPages = (filter: AuditFilter) => ({
  queryKey: ["settings", "audit", params(filter).toString()],
  initialPageParam: null as string | null,
  getNextPageParam: ({ nextCursor }: AuditDto) => nextCursor,
});

export function auditPath(filter: AuditFilter, cursor: string | null): string {
  const given = params(filter);
  if (cursor !== null) given.set("cursor", cursor);
  return `/api/settings/audit?${given}`;
}
