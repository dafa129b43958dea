import { isRole, type Role } from "./permissions";

/** Somebody's place in a garage, as stored: its role may be one that we do not know. */
export type Membership = { readonly orgId: string; readonly role: string };

/**
 * The garage that a session acts for: the chosen one, else the first its user joined. One in which their role is none of
 * ours counts for nothing; undefined where there is no other.
 */
export function actingIn(
  memberships: readonly Membership[],
  chosen: string | null,
): { readonly orgId: string; readonly role: Role } | undefined {
  const usable = memberships.flatMap(({ orgId, role }) => (isRole(role) ? [{ orgId, role }] : []));
  return usable.find(({ orgId }) => orgId === chosen) ?? usable[0];
}

/** A garage that can be worked in, by name. */
export type Garage = { readonly orgId: string; readonly name: string };

/** The garages in which somebody has a role that we know, by name. */
export const garagesOf = (memberships: readonly (Membership & Garage)[]): Garage[] =>
  memberships
    .filter(({ role }) => isRole(role))
    .map(({ orgId, name }) => ({ orgId, name }))
    .sort((one, other) => one.name.localeCompare(other.name, "en-GB"));
