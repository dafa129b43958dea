import { inTransaction } from "@/lib/db/transaction";

/**
 * Gives a member a role that is none of the four, as a row from before that rule may have; the rule stands as it did
 * afterwards.
 */
export const giveForeignRole = (orgId: string, userId: string, role: string): Promise<void> =>
  inTransaction(async (tx) => {
    await tx.query("ALTER TABLE member DROP CONSTRAINT member_role_is_one_of_four");
    await tx.query("UPDATE member SET role = $3 WHERE organization_id = $1 AND user_id = $2", [
      orgId,
      userId,
      role,
    ]);
    await tx.query(
      `ALTER TABLE member ADD CONSTRAINT member_role_is_one_of_four
         CHECK (role IN ('owner', 'manager', 'advisor', 'technician')) NOT VALID`,
    );
  });
