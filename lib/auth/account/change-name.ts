import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import { visibleName } from "@/lib/shared/visible-text";
import { checkName } from "../account-checks";
import type { MemberCtx } from "../session";
import { lockName, setName } from "../store/users";
import { recordOwnChange } from "./record-own-change";

/** The member is called otherwise from now on, wherever their name stands. Throws invalid_input at `name`. */
export async function changeName(ctx: MemberCtx, typed: string): Promise<{ readonly name: string }> {
  const name = visibleName(typed) ?? "";
  const problem = checkName(name);
  if (problem) throw new AppError("invalid_input", problem, { field: "name" });
  const { userId } = ctx.actor;
  await inTransaction(async (tx) => {
    const before = await lockName(tx, userId);
    await setName(tx, userId, name, ctx.now());
    await recordOwnChange(ctx, tx, userId, {
      action: "account/renamed",
      before: { name: before },
      after: { name },
    });
  });
  return { name };
}
