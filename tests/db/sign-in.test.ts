import { hashPassword } from "better-auth/crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as signInRoute } from "@/app/api/auth/sign-in/email/route";
import { POST as signOutRoute } from "@/app/api/auth/sign-out/route";
import { signedIn } from "@/lib/auth/session";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { givenSession } from "../factories/session";
import { changeSettings, forgetEnvironment } from "../support/fresh";

const RIGHT = "kettle-orbit-marmalade";
let hash: string;
beforeAll(async () => {
  hash = await hashPassword(RIGHT);
});
afterAll(closePool);

async function givenUser(
  given: { readonly demo?: boolean } = {},
): Promise<{ userId: string; email: string }> {
  const userId = newId();
  const email = `${userId}@garage.test`;
  await prisma().user.create({
    data: {
      id: userId,
      name: "Sam Ortiz",
      email,
      demo: given.demo ?? false,
      accounts: { create: { id: newId(), accountId: userId, providerId: "credential", password: hash } },
    },
  });
  return { userId, email };
}

let lastAddress = 0;
const freshAddress = () => `203.0.113.${++lastAddress}`;

function attempt(email: string, password: string, address = freshAddress(), cookie = ""): Promise<Response> {
  const headers = { "content-type": "application/json", "x-client-address": address, cookie };
  const body = JSON.stringify({ email, password });
  return signInRoute(
    new Request("http://127.0.0.1:3000/api/auth/sign-in/email", { method: "POST", headers, body }),
  );
}

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");

async function attempts(times: number, one: () => Promise<Response>): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < times; n += 1) statuses.push((await one()).status);
  return statuses;
}

const sessionsOf = (userId: string): Promise<number> => prisma().session.count({ where: { userId } });

describe("only wrong passwords are counted", () => {
  it("21 right ones from one address", async () => {
    const { email } = await givenUser();
    const address = freshAddress();
    expect(await attempts(21, () => attempt(email, RIGHT, address))).toEqual(Array(21).fill(200));
  });

  it("a team of eleven behind one router, all at once", async () => {
    const address = freshAddress();
    const team = await Promise.all(Array.from({ length: 11 }, () => givenUser()));
    const answers = await Promise.all(team.map(({ email }) => attempt(email, RIGHT, address)));
    expect(answers.map(({ status }) => status)).toEqual(Array(11).fill(200));
  });
});

describe("guesses are limited", () => {
  it("after ten from one address, also at once, and the answer says how long to wait", async () => {
    const { email } = await givenUser();
    const address = freshAddress();
    const answers = await Promise.all(Array.from({ length: 12 }, () => attempt(email, "wrong", address)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(10).fill(401), 429, 429]);
    const refused = await attempt(email, RIGHT, address);
    const seconds = Number(refused.headers.get("retry-after"));
    expect([refused.status, seconds > 800 && seconds <= 900]).toEqual([429, true]);
    expect((await refused.json()).error.message).toBe("Too many attempts. Try again in 15 minutes.");
  });

  it("for many accounts from one address ten a minute, in a window that does not move", async () => {
    const address = freshAddress();
    const users = await Promise.all(Array.from({ length: 11 }, () => givenUser()));
    for (const { email } of users.slice(0, 10))
      expect((await attempt(email, "wrong", address)).status).toBe(401);
    const [, last] = [users.pop(), users.at(-1)];
    expect((await attempt(String(last?.email), RIGHT, address)).status).toBe(429);
    // The window began with the first guess, and a refusal does not begin it again.
    await pool().query("UPDATE limit_counter SET expire = $1 WHERE key = $2", [
      Date.now(),
      `sign-in-address:${address}`,
    ]);
    expect((await attempt(String(last?.email), RIGHT, address)).status).toBe(200);
  });
});

describe("no stranger keeps an owner out", () => {
  it("twenty wrong passwords from changing addresses, then the right one from a fresh one", async () => {
    const { email } = await givenUser();
    expect(await attempts(20, () => attempt(email, "wrong"))).toEqual(Array(20).fill(401));
    expect((await attempt(email, RIGHT)).status).toBe(200);
  });

  it("nor one at the same address, from a browser that has signed in before", async () => {
    const { email } = await givenUser();
    const address = freshAddress();
    const known = cookiesOf(await attempt(email, RIGHT, address));
    await attempts(10, () => attempt(email, "wrong", address));
    expect((await attempt(email, RIGHT, address)).status).toBe(429);
    expect((await attempt(email, RIGHT, address, known)).status).toBe(200);
  });

  it("while a known browser may guess no more than others, and a forged one is not known", async () => {
    const { email } = await givenUser();
    const known = cookiesOf(await attempt(email, RIGHT));
    const [name, value = ""] =
      known
        .split("; ")
        .find((cookie) => cookie.includes("known"))
        ?.split("=") ?? [];
    expect((await attempts(11, () => attempt(email, "wrong", freshAddress(), known))).at(-1)).toBe(429);
    const forged = `${name}=${newId()}.${value.split(".")[1]}`;
    const address = freshAddress();
    await attempts(10, () => attempt(email, "wrong", address));
    expect((await attempt(email, RIGHT, address, forged)).status).toBe(429);
  });
});

describe("what a sign-in leaves behind", () => {
  it("a session in a cookie that scripts cannot read, and nothing of it in the body", async () => {
    const { email } = await givenUser();
    const answer = await attempt(email, RIGHT);
    const [session] = answer.headers.getSetCookie();
    expect(session).toMatch(/session_token=.*HttpOnly.*SameSite=Lax/i);
    expect(await answer.json()).toEqual({});
  });

  it("one session in a browser, however often it signs in; other browsers keep theirs", async () => {
    const { userId, email } = await givenUser();
    const first = cookiesOf(await attempt(email, RIGHT));
    await attempt(email, RIGHT);
    await attempt(email, RIGHT, freshAddress(), first);
    expect(await sessionsOf(userId)).toBe(2);
  });

  it("nothing once it is signed out", async () => {
    const { userId, email } = await givenUser();
    const cookie = cookiesOf(await attempt(email, RIGHT));
    const headers = { "content-type": "application/json", cookie };
    const request = new Request("http://127.0.0.1:3000/api/auth/sign-out", { method: "POST", headers });
    expect((await signOutRoute(request)).status).toBe(200);
    expect(await sessionsOf(userId)).toBe(0);
  });
});

describe("a session ends", () => {
  const isSignedIn = async (cookie: string) => (await signedIn(new Headers({ cookie }))) !== undefined;

  it("30 days after its sign-in, however much it is used", async () => {
    const days = (count: number) => new Date(Date.now() - count * 24 * 3_600_000);
    expect(await isSignedIn((await givenSession({ createdAt: days(29) })).cookie)).toBe(true);
    expect(await isSignedIn((await givenSession({ createdAt: days(31) })).cookie)).toBe(false);
    expect(await isSignedIn((await givenSession({ createdAt: days(400) })).cookie)).toBe(false);
  });

  it("for the demo's accounts where customers are served; they cannot sign in there either", async () => {
    const { userId, email } = await givenUser({ demo: true });
    const { cookie } = await givenSession({ userId });
    expect([await isSignedIn(cookie), (await attempt(email, RIGHT)).status]).toEqual([true, 200]);
    changeSettings({ TORQUEFLOW_DEMO: false });
    try {
      const before = await sessionsOf(userId);
      expect([await isSignedIn(cookie), (await attempt(email, RIGHT)).status]).toEqual([false, 403]);
      expect(await sessionsOf(userId)).toBe(before);
      expect((await attempt((await givenUser()).email, RIGHT)).status).toBe(200);
    } finally {
      forgetEnvironment();
    }
  });
});
