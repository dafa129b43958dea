import type { Queryable } from "@/lib/db/pool";

export type MemberRow = { readonly id: string; readonly userId: string; readonly role: string };

/** Everybody of an organisation, locked until the transaction ends. */
export async function lockMembers(tx: Queryable, orgId: string): Promise<MemberRow[]> {
  const { rows } = await tx.query<MemberRow>(
    `SELECT id, user_id AS "userId", role FROM member WHERE organization_id = $1 ORDER BY id FOR UPDATE`,
    [orgId],
  );
  return rows;
}

/** Gives a member of a team that is locked another role. */
export async function setRole(tx: Queryable, { id }: MemberRow, role: string): Promise<void> {
  await tx.query("UPDATE member SET role = $2 WHERE id = $1", [id, role]);
}

/** Takes a member out of a team that is locked; the account of the person stays. */
export async function deleteMember(tx: Queryable, { id }: MemberRow): Promise<void> {
  await tx.query("DELETE FROM member WHERE id = $1", [id]);
}
