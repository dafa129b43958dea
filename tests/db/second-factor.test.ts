import { afterAll, describe, expect, it } from "vitest";
import { POST as codeRoute } from "@/app/api/auth/sign-in/code/route";
import { POST as signInRoute } from "@/app/api/auth/sign-in/email/route";
import { getAccount } from "@/lib/auth/account/get-account";
import { changePassword } from "@/lib/auth/change-password";
import { openSession } from "@/lib/auth/open-session";
import { confirmSetUp } from "@/lib/auth/second-factor/confirm-set-up";
import { renewRecoveryCodes } from "@/lib/auth/second-factor/renew-recovery-codes";
import { beginSetUp } from "@/lib/auth/second-factor/set-up";
import { switchOffSecondFactor } from "@/lib/auth/second-factor/switch-off";
import { signedIn } from "@/lib/auth/session";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { codeAt, codeOf, givenAccount, PASSWORD, withSecondFactor } from "../factories/account";
import { creditsCli } from "../factories/credits-cli";
import { givenSession } from "../factories/session";

afterAll(closePool);

const json = { "content-type": "application/json" };

const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "done",
    ({ code, field }: { code?: string; field?: string }) => (field ? `${code} at ${field}` : code),
  );

let lastAddress = 0;
const post = (route: (request: Request) => Promise<Response>, body: unknown, cookie: string) =>
  route(
    new Request("http://127.0.0.1:3000/api/auth/sign-in", {
      method: "POST",
      headers: { ...json, cookie, "x-client-address": `198.51.100.${++lastAddress % 250}` },
      body: JSON.stringify(body),
    }),
  );

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");

const firstStep = (email: string, cookie = "") => post(signInRoute, { email, password: PASSWORD }, cookie);
const secondStep = (code: string, cookie: string) => post(codeRoute, { code }, cookie);

async function givenFactor() {
  const account = await givenAccount();
  return { ...account, ...(await withSecondFactor(account.ctx, account.headers)) };
}

const sessionsOf = (userId: string) => prisma().session.count({ where: { userId } });
const lettersTo = async (userId: string) =>
  (await prisma().personalMail.findMany({ where: { userId }, orderBy: { id: "asc" } })).map(
    ({ letter, data }) => [letter, (data as { how: string }).how],
  );

describe("setting up", () => {
  it("asks for the password, and for nothing at sign-in before the app's first right code", async () => {
    const { ctx, headers, email, userId } = await givenAccount();
    expect(await refusalOf(beginSetUp(ctx, "not the password"))).toBe("invalid_input at current");
    const { key, qrCode } = await beginSetUp(ctx, PASSWORD);
    expect(qrCode).toMatch(/^<svg [\s\S]*<\/svg>$/);
    expect((await (await firstStep(email)).json()).secondStep).toBeUndefined();
    expect(await refusalOf(confirmSetUp(ctx, headers, codeAt(key, 1)))).toBe("invalid_input at code");
    expect((await getAccount(ctx)).twoStep).toBeNull();
    const { code } = codeOf(key);
    const { recoveryCodes, headers: renewed } = await confirmSetUp(
      ctx,
      headers,
      ` ${code.slice(0, 3)} ${code.slice(3)} `,
    );
    expect(new Set(recoveryCodes).size).toBe(10);
    expect((await getAccount(ctx)).twoStep).toMatchObject({ recoveryCodesLeft: 10 });
    const here = new Headers({ cookie: cookiesOf(new Response(null, { headers: renewed })) });
    expect(await lettersTo(userId)).toEqual([["second-factor-changed", "on"]]);
    expect(await refusalOf(beginSetUp(ctx, PASSWORD))).toBe("conflict");
    expect(await refusalOf(confirmSetUp(ctx, here, codeOf(key, 1).code))).toBe("conflict");
  });

  it("counts once, where two confirm at the same moment", async () => {
    const { ctx, headers, userId } = await givenAccount();
    const { key } = await beginSetUp(ctx, PASSWORD);
    const { code } = codeOf(key);
    const outcomes = await Promise.all([1, 2].map(() => refusalOf(confirmSetUp(ctx, headers, code))));
    // Who comes after the other's commit has the cookie that is replaced by then.
    const others = outcomes.filter((outcome) => outcome !== "done");
    expect([["conflict"], ["unauthenticated"]]).toContainEqual(others);
    expect(await lettersTo(userId)).toHaveLength(1);
  });

  it("signs the person out everywhere else, and a copy of this browser's cookie opens nothing any more", async () => {
    const { ctx, userId, headers } = await givenAccount();
    const { cookie: elsewhere } = await givenSession({ userId });
    const { headers: renewed } = await withSecondFactor(ctx, headers);
    expect(await signedIn(new Headers({ cookie: elsewhere }))).toBeUndefined();
    expect(await signedIn(headers)).toBeUndefined();
    expect(await signedIn(renewed)).toMatchObject({ userId });
  });

  it("keeps neither key nor recovery codes readable, and tells them no second time", async () => {
    const { ctx, userId, key, recoveryCodes, orgId } = await givenFactor();
    const stored = await prisma().twoFactor.findUniqueOrThrow({ where: { userId } });
    const acts = await prisma().auditAct.findMany({ where: { orgId } });
    const told = JSON.stringify([stored, acts, await getAccount(ctx)]);
    for (const secret of [key, key.replaceAll(" ", ""), ...recoveryCodes]) expect(told).not.toContain(secret);
    expect(acts).toMatchObject([
      {
        action: "account/second-factor",
        actor: `member:${userId}`,
        before: { twoStep: false },
        after: { twoStep: true },
      },
    ]);
  });
});

describe("signing in", () => {
  it("opens no session before the code, and one with it", async () => {
    const { email, userId, key } = await givenFactor();
    const before = await sessionsOf(userId);
    const first = await firstStep(email);
    const cookie = cookiesOf(first);
    expect(await first.json()).toEqual({ secondStep: true });
    expect(first.headers.getSetCookie().join()).toMatch(
      /second-step=[^;]{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax/,
    );
    expect([await sessionsOf(userId), await signedIn(new Headers({ cookie }))]).toEqual([before, undefined]);
    expect(cookie).not.toMatch(/session_token|known/);
    const second = await secondStep(codeOf(key, 1).code, cookie);
    expect([second.status, await second.json()]).toEqual([200, {}]);
    expect(await signedIn(new Headers({ cookie: cookiesOf(second) }))).toMatchObject({ userId });
    expect(cookiesOf(second)).toMatch(/known/);
  });

  it("takes the code of one step before, and none of two before", async () => {
    const { email, userId, key, usedStep } = await givenFactor();
    const cookie = cookiesOf(await firstStep(email));
    await prisma().twoFactor.update({ where: { userId }, data: { lastStep: usedStep - 9 } });
    expect((await secondStep(codeOf(key, -3).code, cookie)).status).toBe(400);
    expect((await secondStep(codeOf(key, -1).code, cookie)).status).toBe(200);
  });

  it("takes a code once: the one that confirmed the set-up, an earlier one, and one that comes twice at the same moment", async () => {
    const { email, key, usedStep } = await givenFactor();
    const [one, other] = [cookiesOf(await firstStep(email)), cookiesOf(await firstStep(email))];
    expect((await secondStep(codeAt(key, usedStep), one)).status).toBe(400);
    expect((await secondStep(codeAt(key, usedStep - 1), one)).status).toBe(400);
    const { code } = codeOf(key, 1);
    const answers = await Promise.all([one, other].map((cookie) => secondStep(code, cookie)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it("takes a recovery code once, however it is typed, also twice at the same moment", async () => {
    const { ctx, email, recoveryCodes } = await givenFactor();
    const [one, other] = [cookiesOf(await firstStep(email)), cookiesOf(await firstStep(email))];
    const typed = ` ${String(recoveryCodes[3]).toUpperCase().replace("-", " ")} `;
    const answers = await Promise.all([one, other].map((cookie) => secondStep(typed, cookie)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect((await getAccount(ctx)).twoStep).toMatchObject({ recoveryCodesLeft: 9 });
  });

  it("uses a step once: with another right code it is too late", async () => {
    const { email, recoveryCodes, ctx } = await givenFactor();
    const cookie = cookiesOf(await firstStep(email));
    const answers = await Promise.all(recoveryCodes.slice(0, 2).map((code) => secondStep(code, cookie)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await getAccount(ctx)).twoStep).toMatchObject({ recoveryCodesLeft: 9 });
  });

  it("starts again after ten minutes, without the browser's cookie, and after the password was changed", async () => {
    const { ctx, headers, email, userId, recoveryCodes } = await givenFactor();
    const [old, code = ""] = [cookiesOf(await firstStep(email)), recoveryCodes[0]];
    await pool().query("UPDATE verification SET expires_at = now() - interval '1 second' WHERE value = $1", [
      userId,
    ]);
    expect((await secondStep(code, old)).status).toBe(401);
    expect((await secondStep(code, "")).status).toBe(401);
    expect((await secondStep(code, "torqueflow.second-step=forged")).status).toBe(401);
    const waiting = cookiesOf(await firstStep(email));
    await changePassword(ctx, headers, { current: PASSWORD, next: "walrus-tandem-inkwell" });
    expect((await secondStep(code, waiting)).status).toBe(401);
  });

  it("allows ten wrong codes, from whatever addresses; a browser that the account knows counts for itself", async () => {
    const { email, recoveryCodes } = await givenFactor();
    const first = cookiesOf(await firstStep(email));
    const known = cookiesOf(await secondStep(String(recoveryCodes[0]), first))
      .split("; ")
      .filter((cookie) => cookie.includes(".known."))
      .join("; ");
    const strange = cookiesOf(await firstStep(email));
    const guesses = await Promise.all(Array.from({ length: 12 }, () => secondStep("000000", strange)));
    expect(guesses.map(({ status }) => status).sort()).toEqual([...Array(10).fill(400), 429, 429]);
    expect((await secondStep(String(recoveryCodes[1]), strange)).status).toBe(429);
    const step = cookiesOf(await firstStep(email, known));
    expect((await secondStep(String(recoveryCodes[1]), `${known}; ${step}`)).status).toBe(200);
  });

  it("asks for the code behind every way in: a mailed link opens no session either", async () => {
    const { userId } = await givenFactor();
    const before = await sessionsOf(userId);
    const { kind, headers } = await openSession(userId, new Headers());
    expect([kind, await sessionsOf(userId)]).toEqual(["second-step", before]);
    expect(headers.getSetCookie().join()).not.toContain("session_token");
  });
});

describe("recovery codes", () => {
  it("are made anew with password and code, audited and told by mail, and the earlier ones work no longer", async () => {
    const { ctx, email, userId, orgId, recoveryCodes } = await givenFactor();
    const code = String(recoveryCodes[1]);
    const renew = (current: string, typed: string) => renewRecoveryCodes(ctx, { current, code: typed });
    expect(await refusalOf(renew("not the password", code))).toBe("invalid_input at current");
    expect(await refusalOf(renew(PASSWORD, "000000"))).toBe("invalid_input at code");
    const renewed = await renew(PASSWORD, code);
    expect((await lettersTo(userId)).at(-1)).toEqual(["second-factor-changed", "codes-renewed"]);
    const acts = await prisma().auditAct.findMany({ where: { orgId }, orderBy: { id: "desc" } });
    expect(acts[0]).toMatchObject({ action: "account/recovery-codes-renewed", actor: `member:${userId}` });
    expect(renewed.recoveryCodes.filter((made) => JSON.stringify(acts).includes(made))).toEqual([]);
    const cookie = cookiesOf(await firstStep(email));
    expect((await secondStep(String(recoveryCodes[0]), cookie)).status).toBe(400);
    expect((await secondStep(String(renewed.recoveryCodes[0]), cookie)).status).toBe(200);
  });
});

describe("switching off", () => {
  it("asks for password and code, and then sign-in asks for none", async () => {
    const { ctx, email, userId, recoveryCodes, orgId } = await givenFactor();
    const off = (current: string, code: string) => refusalOf(switchOffSecondFactor(ctx, { current, code }));
    expect(await off("not the password", String(recoveryCodes[0]))).toBe("invalid_input at current");
    expect(await off(PASSWORD, "000000")).toBe("invalid_input at code");
    expect(await off(PASSWORD, String(recoveryCodes[0]))).toBe("done");
    expect(await off(PASSWORD, String(recoveryCodes[1]))).toBe("conflict");
    expect((await (await firstStep(email)).json()).secondStep).toBeUndefined();
    expect(await lettersTo(userId)).toEqual([
      ["second-factor-changed", "on"],
      ["second-factor-changed", "off"],
    ]);
    expect(await prisma().auditAct.count({ where: { orgId, action: "account/second-factor" } })).toBe(2);
  });
});

describe("a lost phone", () => {
  it("is helped by support from the command line, with a reason, audited and told by mail", async () => {
    const { ctx, email, userId, orgId } = await givenFactor();
    const off = (...more: string[]) => creditsCli("second-factor", email, ...more);
    expect((await off("--off")).code).toBe(2);
    expect(await off("--off", "--reason", "Rang back on the garage’s line", "--key", email)).toMatchObject({
      code: 0,
      said: expect.stringContaining("is off"),
    });
    expect((await getAccount(ctx)).twoStep).toBeNull();
    expect((await off("--off", "--reason", "again", "--key", email)).said).toContain("used before");
    expect((await off("--off", "--reason", "again")).said).toContain("off already");
    expect((await lettersTo(userId)).at(-1)).toEqual(["second-factor-changed", "off-by-support"]);
    expect(
      await prisma().auditAct.findFirst({ where: { orgId, actor: "support:cli", key: email } }),
    ).toMatchObject({
      reason: "Rang back on the garage’s line",
      before: { twoStep: true },
      after: { twoStep: false },
    });
    expect((await creditsCli("second-factor", "nobody@garage.test", "--off", "--reason", "r")).code).toBe(1);
  });
});
