/** A member of the garage. Two may have one name: the id tells them apart. */
export type Person = { readonly id: string; readonly name: string };

/** What somebody is called whose account is gone. */
export const NAMELESS = "your team";

/** The `Person` of a user id, null for none. */
export const PERSON = (id: string) => `CASE WHEN ${id} IS NOT NULL THEN json_build_object('id', ${id},
  'name', coalesce((SELECT u.name FROM "user" AS u WHERE u.id = ${id}), '${NAMELESS}')) END`;
