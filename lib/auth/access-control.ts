import { createAccessControl } from "better-auth/plugins/access";
import { defaultStatements, memberAc, ownerAc } from "better-auth/plugins/organization/access";
import { PERMISSIONS, type Permission, ROLE_PERMISSIONS, type Role } from "./permissions";

/** "billing.credits.view" is the action "view" on "billing.credits": the library's own shape of a permission. */
function statements(permissions: readonly Permission[]): Record<string, string[]> {
  const byResource: Record<string, string[]> = {};
  for (const permission of permissions) {
    const cut = permission.lastIndexOf(".");
    const resource = permission.slice(0, cut);
    byResource[resource] = [...(byResource[resource] ?? []), permission.slice(cut + 1)];
  }
  return byResource;
}

export const accessControl = createAccessControl({ ...defaultStatements, ...statements(PERMISSIONS) });

const roleOf = (role: Role) =>
  accessControl.newRole({
    ...(role === "owner" ? ownerAc.statements : memberAc.statements),
    ...statements(ROLE_PERMISSIONS[role]),
  });

export const roles = {
  owner: roleOf("owner"),
  manager: roleOf("manager"),
  advisor: roleOf("advisor"),
  technician: roleOf("technician"),
};
