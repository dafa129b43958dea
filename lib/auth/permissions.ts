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
] as const;

export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ["owner", "manager", "advisor", "technician"] as const;

export type Role = (typeof ROLES)[number];

/** Owner: everything. Manager: everything but purchase. Advisor: inbox and calls. Technician: diagnostics. */
export const ROLE_PERMISSIONS: Record<Role, readonly Permission[]> = {
  owner: PERMISSIONS,
  manager: PERMISSIONS.filter((permission) => permission !== "billing.credits.purchase"),
  advisor: ["messages.view", "messages.send", "messages.manage", "voice.calls.view"],
  technician: ["diagnostics.use"],
};
