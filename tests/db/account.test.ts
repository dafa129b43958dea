import { afterAll, describe, expect, it } from "vitest";
import { cancelEmailChange, changeEmail, resendEmailChange } from "@/lib/auth/account/change-email";
import { changeName } from "@/lib/auth/account/change-name";
import { endOtherSessions, endSession } from "@/lib/auth/account/end-session";
import { getAccount } from "@/lib/auth/account/get-account";
import { listSessions } from "@/lib/auth/account/list-sessions";
import { askForReset } from "@/lib/auth/ask-for-reset";
import { changePassword } from "@/lib/auth/change-password";
import { confirmEmailChange } from "@/lib/auth/confirm-email-change";
import { systemContext } from "@/lib/auth/context";
import { resetPassword } from "@/lib/auth/reset-password";
import { signedIn } from "@/lib/auth/session";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { givenAccount, PASSWORD } from "../factories/account";
import { tokenTo } from "../factories/mailed-links";
import { givenOrganisation } from "../factories/organisation";
import { givenSession } from "../factories/session";
import { waitingForLocks } from "../support/locks";

afterAll(closePool);

const NEW = "walrus-tandem-inkwell";
const MINUTE_MS = 60_000;
const PATIENCE = { timeout: 20_000 };

const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "done",
    ({ code, field }: { code?: string; field?: string }) => (field ? `${code} at ${field}` : code),
  );

const isIn = async (headers: Headers): Promise<boolean> => (await signedIn(headers)) !== undefined;

const lettersTo = (userId: string) =>
  prisma().personalMail.findMany({ where: { userId }, orderBy: { queuedAt: "asc" } });

async function givenElsewhere(userId: string) {
  const session = await givenSession({ userId });
  return { ...session, headers: new Headers({ cookie: session.cookie }) };
}

describe("a name", () => {
  it("is cleaned, and stands in the audit of each of the person's garages", async () => {
    const { ctx, userId, orgId, email } = await givenAccount("technician");
    const { orgId: second } = await givenOrganisation(systemContext("test"));
    await prisma().member.create({
      data: { id: newId(), organizationId: second, userId, role: "advisor", createdAt: new Date() },
    });
    expect(await changeName(ctx, "  Robin\u202E\n  Ash ")).toEqual({ name: "Robin Ash" });
    expect((await getAccount(ctx)).name).toBe("Robin Ash");
    const acts = await prisma().auditAct.findMany({
      where: { action: "account/renamed", actor: `member:${userId}` },
    });
    expect(acts.map((act) => act.orgId).sort()).toEqual([orgId, second].sort());
    expect(acts[0]).toMatchObject({
      input: { subject: email },
      before: { name: "Sam Ortiz" },
      after: { name: "Robin Ash" },
    });
  });

  it.each(["", " \u200B ", "x".repeat(101)])("%j is none", async (name) => {
    const { ctx } = await givenAccount();
    expect(await refusalOf(changeName(ctx, name))).toBe("invalid_input at name");
  });
});

describe("a changed password", () => {
  it("ends every other session, and this browser goes on with another cookie", async () => {
    const { ctx, headers, userId, sessionId, orgId } = await givenAccount();
    const elsewhere = await givenElsewhere(userId);
    const renewed = await changePassword(ctx, headers, { current: PASSWORD, next: NEW });
    const cookie = String(renewed.getSetCookie()[0]).split(";")[0] ?? "";
    expect([await isIn(elsewhere.headers), await isIn(headers)]).toEqual([false, false]);
    expect(await signedIn(new Headers({ cookie }))).toMatchObject({ sessionId, chosen: orgId });
    expect(await lettersTo(userId)).toMatchObject([{ letter: "password-changed", data: { how: "account" } }]);
    const acts = await prisma().auditAct.findMany({ where: { orgId } });
    expect(acts).toMatchObject([{ action: "account/password-changed", actor: `member:${userId}` }]);
  });

  it.each(["changed", "reset"] as const)("ends a change of address that waits: %s", async (how) => {
    const { ctx, headers, userId, email, orgId } = await givenAccount();
    const next = `${newId()}@new.test`;
    await changeEmail(ctx, { email: next, current: PASSWORD });
    const tokens = await Promise.all([email, next].map((to) => tokenTo(to, "email-change-confirm")));
    if (how === "changed") await changePassword(ctx, headers, { current: PASSWORD, next: NEW });
    else {
      await askForReset(systemContext("test"), { email });
      const token = await tokenTo(email, "password-reset");
      await resetPassword(systemContext("test"), { token, password: NEW }, new Headers());
    }
    for (const token of tokens)
      expect(await refusalOf(confirmEmailChange(systemContext("test"), token))).toBe("gone");
    expect((await prisma().user.findUniqueOrThrow({ where: { id: userId } })).email).toBe(email);
    expect(await prisma().auditAct.findMany({ where: { orgId } })).toMatchObject([
      { action: `account/password-${how}`, actor: `member:${userId}`, input: { subject: email } },
    ]);
  });

  it("needs the present one, is another one and no common one, and may be guessed at ten times", async () => {
    const { ctx, headers, userId } = await givenAccount();
    const change = (current: string, next: string) =>
      refusalOf(changePassword(ctx, headers, { current, next }));
    expect(await change(PASSWORD, "password123")).toBe("invalid_input at password");
    expect(await change(PASSWORD, PASSWORD)).toBe("invalid_input at password");
    for (let n = 0; n < 10; n += 1)
      expect(await change("not the present one", NEW)).toBe("invalid_input at current");
    expect(await change(PASSWORD, NEW)).toBe("rate_limited");
    expect(await lettersTo(userId)).toEqual([]);
  });

  it("changes once, where two ask at the same moment", async () => {
    const { ctx, headers, userId } = await givenAccount();
    const other = await givenElsewhere(userId);
    const outcomes = await Promise.all(
      [headers, other.headers].map((from) =>
        refusalOf(changePassword(ctx, from, { current: PASSWORD, next: `${NEW}-again` })),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
    expect(await lettersTo(userId)).toHaveLength(1);
  });

  it.each([
    { first: "change", outcomes: ["done", "gone"] },
    { first: "reset", outcomes: ["done", "invalid_input at current"] },
  ] as const)(
    "and a reset at the same moment, $first first: that one counts",
    async ({ first, outcomes }) => {
      const { ctx, headers, userId, email } = await givenAccount();
      await askForReset(systemContext("test"), { email });
      const token = await tokenTo(email, "password-reset");
      const change = () => refusalOf(changePassword(ctx, headers, { current: PASSWORD, next: NEW }));
      const reset = () =>
        refusalOf(resetPassword(systemContext("test"), { token, password: `${NEW}-reset` }, new Headers()));
      const holder = await pool().connect();
      await holder.query("BEGIN");
      await holder.query("SELECT FROM account WHERE user_id = $1 FOR UPDATE", [userId]);
      const asked: Promise<unknown>[] = [];
      for (const act of first === "change" ? [change, reset] : [reset, change]) {
        asked.push(act());
        await expect.poll(waitingForLocks, PATIENCE).toBe(asked.length);
      }
      await holder.query("COMMIT");
      holder.release();
      expect(await Promise.all(asked)).toEqual(outcomes);
      const how = first === "change" ? "account" : "reset";
      expect((await lettersTo(userId)).filter(({ letter }) => letter === "password-changed")).toMatchObject([
        { data: { how } },
      ]);
    },
  );
});

describe("sessions", () => {
  it("are listed with device and last use, this one first, and nothing that opens one", async () => {
    const { ctx, headers, userId, sessionId } = await givenAccount();
    const elsewhere = await givenElsewhere(userId);
    await prisma().session.update({
      where: { id: elsewhere.sessionId },
      data: {
        ipAddress: "203.0.113.7",
        userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
      },
    });
    await givenSession({ userId, createdAt: new Date(Date.now() - 31 * 24 * 60 * MINUTE_MS) });
    const { sessions } = await listSessions(ctx, headers);
    expect(sessions).toMatchObject([
      { id: sessionId, current: true, address: null },
      {
        id: elsewhere.sessionId,
        current: false,
        address: "203.0.113.7",
        device: { words: "Firefox on Linux" },
      },
    ]);
    const tokens = await prisma().session.findMany({ where: { userId }, select: { token: true } });
    for (const { token } of tokens) expect(JSON.stringify(sessions)).not.toContain(token);
  });

  it("keep when, where and with what they were last used, at most every five minutes", async () => {
    const { cookie, sessionId } = await givenAccount();
    const use = (address: string) =>
      signedIn(new Headers({ cookie, "x-client-address": address, "user-agent": "Firefox/132.0" }));
    const used = () => prisma().session.findUniqueOrThrow({ where: { id: sessionId } });
    const fresh = (await used()).lastUsedAt;
    await use("203.0.113.8");
    expect(await used()).toMatchObject({ lastUsedAt: fresh, ipAddress: null });
    const sixMinutesAgo = new Date(Date.now() - 6 * MINUTE_MS);
    await prisma().session.update({ where: { id: sessionId }, data: { lastUsedAt: sixMinutesAgo } });
    await use("203.0.113.9");
    const { lastUsedAt, ipAddress, userAgent } = await used();
    expect([ipAddress, userAgent, lastUsedAt > sixMinutesAgo]).toEqual([
      "203.0.113.9",
      "Firefox/132.0",
      true,
    ]);
    await prisma().session.update({ where: { id: sessionId }, data: { lastUsedAt: sixMinutesAgo } });
    await signedIn(new Headers({ cookie }));
    expect(await used()).toMatchObject({ ipAddress: "203.0.113.9", userAgent: "Firefox/132.0" });
  });

  it("end one by one, never this browser's or somebody else's, and once", async () => {
    const { ctx, headers, userId, sessionId } = await givenAccount();
    const elsewhere = await givenElsewhere(userId);
    const stranger = await givenAccount();
    expect(await refusalOf(endSession(ctx, headers, stranger.sessionId))).toBe("not_found");
    expect(await refusalOf(endSession(ctx, headers, sessionId))).toBe("conflict");
    const ends = await Promise.all(
      [1, 2].map(() => refusalOf(endSession(ctx, headers, elsewhere.sessionId))),
    );
    expect(ends.sort()).toEqual(["done", "not_found"]);
    expect([await isIn(elsewhere.headers), await isIn(headers), await isIn(stranger.headers)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it("all end but this one, and two browsers that end each other at once leave at most one", async () => {
    const { ctx, headers, userId } = await givenAccount();
    const elsewhere = await givenElsewhere(userId);
    await givenElsewhere(userId);
    await Promise.all(
      [headers, elsewhere.headers].map((from) => endOtherSessions(ctx, from).catch(() => undefined)),
    );
    expect(await prisma().session.count({ where: { userId } })).toBeLessThanOrEqual(1);
    expect(await refusalOf(endOtherSessions(ctx, new Headers()))).toBe("unauthenticated");
  });

  it("one that has ended while it is used ends nothing any more", async () => {
    const { ctx, headers, userId, sessionId } = await givenAccount();
    const elsewhere = await givenElsewhere(userId);
    await pool().query("DELETE FROM session WHERE id = $1", [sessionId]);
    expect(await refusalOf(endOtherSessions(ctx, headers))).toBe("unauthenticated");
    expect(await refusalOf(changePassword(ctx, headers, { current: PASSWORD, next: NEW }))).toBe(
      "unauthenticated",
    );
    expect(await isIn(elsewhere.headers)).toBe(true);
  });
});

describe("another address", () => {
  const PATH = "email-change-confirm";

  it("waits for both, shows which one it waits for, and can be sent again and cancelled", async () => {
    const { ctx, userId, email } = await givenAccount();
    const next = `${newId()}@new.test`;
    await changeEmail(ctx, { email: ` ${next} `, current: PASSWORD });
    const waiting = async () => (await getAccount(ctx)).emailChange;
    expect(await waiting()).toMatchObject({ newEmail: next, waitsFor: ["old", "new"] });
    await confirmEmailChange(ctx, String(await tokenTo(email, PATH)));
    expect(await waiting()).toMatchObject({ newEmail: next, waitsFor: ["new"] });
    await resendEmailChange(ctx);
    expect(await waiting()).toMatchObject({ waitsFor: ["old", "new"] });
    await cancelEmailChange(ctx);
    expect(await waiting()).toBeNull();
    expect(await refusalOf(confirmEmailChange(ctx, String(await tokenTo(next, PATH))))).toBe("gone");
    expect(await refusalOf(resendEmailChange(ctx))).toBe("conflict");
    expect((await prisma().user.findUniqueOrThrow({ where: { id: userId } })).email).toBe(email);
  });

  it("stands in the audit of the person's garage once it has changed", async () => {
    const { ctx, userId, email, orgId } = await givenAccount();
    const next = `${newId()}@new.test`;
    await changeEmail(ctx, { email: next, current: PASSWORD });
    for (const to of [email, next]) await confirmEmailChange(systemContext("test"), await tokenTo(to, PATH));
    expect(await prisma().auditAct.findMany({ where: { orgId } })).toMatchObject([
      {
        action: "account/email-changed",
        actor: `member:${userId}`,
        before: { email },
        after: { email: next },
      },
    ]);
  });

  it("asks for the password, and does not tell that it has an account", async () => {
    const { ctx, email } = await givenAccount();
    const { email: known } = await givenAccount();
    const change = (to: string, current = PASSWORD) => refusalOf(changeEmail(ctx, { email: to, current }));
    expect(await change("no address")).toBe("invalid_input at email");
    expect(await change(email)).toBe("invalid_input at email");
    expect(await change(known, "not the password")).toBe("invalid_input at current");
    expect(await change(known)).toBe("done");
    expect((await getAccount(ctx)).emailChange).toMatchObject({ newEmail: known });
  });
});
