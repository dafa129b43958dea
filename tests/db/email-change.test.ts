import { afterAll, describe, expect, it } from "vitest";
import { POST as confirmRoute } from "@/app/api/confirm-email/route";
import { POST as lookRoute } from "@/app/api/links/[kind]/route";
import { changeEmail, resendEmailChange } from "@/lib/auth/account/change-email";
import { beginEmailChange } from "@/lib/auth/begin-email-change";
import { systemContext } from "@/lib/auth/context";
import { signedIn } from "@/lib/auth/session";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { inTransaction } from "@/lib/db/transaction";
import { newId } from "@/lib/shared/ids";
import { givenAccount, PASSWORD } from "../factories/account";
import { lettersTo, tokenTo } from "../factories/mailed-links";
import { givenSession } from "../factories/session";
import { errorOf, postTo } from "../factories/visitor";

afterAll(closePool);
const ctx = systemContext("test");

const begin = (userId: string, newEmail: string) =>
  inTransaction((tx) => beginEmailChange(ctx, tx, { userId, newEmail }));

async function asked(newEmail = `${newId()}@new.test`) {
  const { userId, cookie } = await givenSession();
  const oldEmail = `${userId}@garage.test`;
  await begin(userId, newEmail);
  const [old, fresh] = await Promise.all(
    [oldEmail, newEmail.toLowerCase()].map((email) => tokenTo(email, "email-change-confirm")),
  );
  return { userId, cookie, oldEmail, newEmail, tokens: { old: old ?? "", new: fresh ?? "" } };
}

const confirm = (token: string) => postTo(confirmRoute, { token });
const look = async (token: string) =>
  (await postTo(lookRoute, { token }, { params: { kind: "email-change" } })).json();
const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "done",
    ({ code }: { code?: string }) => code,
  );
const emailOf = async (userId: string) =>
  (await prisma().user.findUniqueOrThrow({ where: { id: userId } })).email;

describe.each([
  ["old", "new"],
  ["new", "old"],
] as const)("confirmed by the %s address first, then by the %s one", (first, second) => {
  it("changes with the second, tells both, and leaves sessions open", async () => {
    const { userId, cookie, oldEmail, newEmail, tokens } = await asked();
    expect(await look(tokens[first])).toMatchObject({ state: "live", newEmail });
    expect(await (await confirm(tokens[first])).json()).toEqual({ kind: "waiting", newEmail });
    expect(await emailOf(userId)).toBe(oldEmail);
    expect(await (await confirm(tokens[second])).json()).toEqual({ kind: "changed", newEmail });
    expect(await emailOf(userId)).toBe(newEmail);
    const changed = { letter: "email-changed", token: undefined };
    for (const email of [oldEmail, newEmail]) expect((await lettersTo(email)).at(-1)).toEqual(changed);
    expect(await signedIn(new Headers({ cookie }))).toMatchObject({ email: newEmail });
    for (const token of Object.values(tokens)) expect((await look(token)).state).toBe("used");
  });
});

it("both at once change it once", async () => {
  for (let n = 0; n < 5; n++) {
    const { userId, newEmail, tokens } = await asked();
    const answers = await Promise.all(Object.values(tokens).map((token) => confirm(token)));
    const kinds = await Promise.all(answers.map(async (answer) => (await answer.json()).kind));
    expect(kinds.sort()).toEqual(["changed", "waiting"]);
    expect(await emailOf(userId)).toBe(newEmail);
  }
});

it("one link twice is not both addresses", async () => {
  const { userId, oldEmail, tokens } = await asked();
  expect((await confirm(tokens.new)).status).toBe(200);
  expect((await confirm(tokens.new)).status).toBe(410);
  expect(await emailOf(userId)).toBe(oldEmail);
});

it("an address that is taken meanwhile is refused, and the link stays", async () => {
  const { userId, oldEmail, newEmail, tokens } = await asked();
  await confirm(tokens.old);
  await prisma().user.create({ data: { id: newId(), name: "Somebody", email: newEmail } });
  const refused = await confirm(tokens.new);
  expect([refused.status, await errorOf(refused)]).toEqual([
    409,
    { code: "conflict", message: "The new address belongs to another account." },
  ]);
  expect([await emailOf(userId), (await look(tokens.new)).state]).toEqual([oldEmail, "taken"]);
});

it("the old address never learns that the new one has an account, whichever is followed first", async () => {
  const newEmail = `${newId()}@new.test`;
  await prisma().user.create({ data: { id: newId(), name: "Somebody", email: newEmail } });
  const { userId, oldEmail, tokens } = await asked(newEmail);
  expect([(await look(tokens.old)).state, (await look(tokens.new)).state]).toEqual(["live", "taken"]);
  expect((await confirm(tokens.new)).status).toBe(409);
  expect(await (await confirm(tokens.old)).json()).toEqual({ kind: "waiting", newEmail });
  expect((await confirm(tokens.new)).status).toBe(409);
  expect(await emailOf(userId)).toBe(oldEmail);
});

it("the old address is told of no account that was made after the new one had confirmed", async () => {
  const { userId, oldEmail, newEmail, tokens } = await asked();
  await confirm(tokens.new);
  await prisma().user.create({ data: { id: newId(), name: "Somebody", email: newEmail } });
  expect((await look(tokens.old)).state).toBe("live");
  const refused = await confirm(tokens.old);
  expect([refused.status, (await errorOf(refused)).message]).toEqual([
    410,
    "This change cannot be made any more.",
  ]);
  expect(await emailOf(userId)).toBe(oldEmail);
});

it("a later change ends the one before; the address that one has is refused, however it is written", async () => {
  const { userId, oldEmail, tokens } = await asked();
  await expect(begin(userId, oldEmail.toUpperCase())).rejects.toMatchObject({
    code: "invalid_input",
    field: "email",
  });
  expect((await look(tokens.old)).state).toBe("live");
  await begin(userId, `${newId()}@other.test`);
  expect([(await look(tokens.old)).state, (await look(tokens.new)).state]).toEqual([
    "withdrawn",
    "withdrawn",
  ]);
  expect((await confirm(tokens.new)).status).toBe(410);
});

it("run out, or of a user who is gone, a link does nothing", async () => {
  const late = await asked();
  await pool().query(
    `UPDATE one_time_link SET created_at = created_at - interval '1 day', expires_at = expires_at - interval '1 day'
     WHERE user_id = $1`,
    [late.userId],
  );
  expect([(await confirm(late.tokens.new)).status, (await look(late.tokens.new)).state]).toEqual([
    410,
    "expired",
  ]);
  const gone = await asked();
  await prisma().user.delete({ where: { id: gone.userId } });
  expect((await confirm(gone.tokens.new)).status).toBe(410);
});

it("a change is asked for five times an hour and ten times a day by one person, whichever it is", async () => {
  const { ctx: member, userId } = await givenAccount();
  const change = () => refusalOf(changeEmail(member, { email: `${newId()}@new.test`, current: PASSWORD }));
  const anHourLater = () =>
    pool().query("DELETE FROM limit_counter WHERE key = $1", [`email-changes-hour:${userId}`]);
  const hour = async () => {
    const outcomes = [];
    for (let n = 0; n < 6; n += 1) outcomes.push(await change());
    await anHourLater();
    return outcomes;
  };
  const five = Array.from({ length: 5 }, () => "done");
  expect(await hour()).toEqual([...five, "rate_limited"]);
  expect(await refusalOf(resendEmailChange(member))).toBe("done");
  await anHourLater();
  expect(await hour()).toEqual([...five.slice(1), "rate_limited", "rate_limited"]);
});
