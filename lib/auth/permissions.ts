export const PERMISSIONS = [
  "billing.view",
  "billing.manage",
  "billing.credits.view",
  "billing.credits.purchase",
  "messages.view",
  "messages.send",
  "messages.manage",
  "voice.calls.view",
  "diagnostics.use",
  "settings.manage",
  "team.manage",
  "audit.view",
] as const;

export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ["owner", "manager", "advisor", "technician"] as const;

export type Role = (typeof ROLES)[number];

/** A row may hold anything: whoever has another role than these has no rights. */
export const isRole = (role: string): role is Role => (ROLES as readonly string[]).includes(role);

const OWNERS_ALONE: ReadonlySet<Permission> = new Set(["billing.credits.purchase", "audit.view"]);

/** Owner: everything. Manager: everything but purchases and the audit log. Advisor: inbox and calls. Technician: diagnostics. */
export const ROLE_PERMISSIONS: Record<Role, readonly Permission[]> = {
  owner: PERMISSIONS,
  manager: PERMISSIONS.filter((permission) => !OWNERS_ALONE.has(permission)),
  advisor: ["messages.view", "messages.send", "messages.manage", "voice.calls.view"],
  technician: ["diagnostics.use"],
};

/** The roles that have a permission. */
export const rolesWith = (permission: Permission): Role[] =>
  ROLES.filter((role) => ROLE_PERMISSIONS[role].includes(permission));
