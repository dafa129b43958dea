import { hashPassword } from "better-auth/crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as signInRoute } from "@/app/api/auth/sign-in/email/route";
import { POST as askRoute } from "@/app/api/forgot-password/route";
import { POST as lookRoute } from "@/app/api/links/[kind]/route";
import { POST as resetRoute } from "@/app/api/reset-password/route";
import { POST as signUpRoute } from "@/app/api/sign-up/route";
import { systemContext } from "@/lib/auth/context";
import { signedIn } from "@/lib/auth/session";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { LIVE_CHANNEL } from "@/lib/notify/live";
import { newId } from "@/lib/shared/ids";
import { givenMember } from "../factories/buyer";
import { lettersTo, tokenTo } from "../factories/mailed-links";
import { givenOrganisation } from "../factories/organisation";
import { givenSession } from "../factories/session";
import { cookiesOf, errorOf, postTo, seenOf } from "../factories/visitor";
import { changeSettings, forgetEnvironment } from "../support/fresh";

afterAll(closePool);

const OLD = "kettle-orbit-marmalade";
const NEW = "harbour-pencil-velvet";
let hash: string;
beforeAll(async () => {
  hash = await hashPassword(OLD);
});

async function givenUser(extra: { readonly demo?: boolean; readonly twoFactorEnabled?: boolean } = {}) {
  const userId = newId();
  const email = `${userId}@garage.test`;
  await prisma().user.create({
    data: {
      id: userId,
      name: "Sam Ortiz",
      email,
      ...extra,
      accounts: { create: { id: newId(), accountId: userId, providerId: "credential", password: hash } },
    },
  });
  return { userId, email };
}

const ask = (email: string, next?: string) => postTo(askRoute, { email, ...(next ? { next } : {}) });
const reset = (token: string, password = NEW, cookie = "") =>
  postTo(resetRoute, { token, password }, { cookie });
const look = async (token: string) =>
  (await postTo(lookRoute, { token }, { params: { kind: "password-reset" } })).json();
const signIn = async (email: string, password: string) =>
  (await postTo(signInRoute, { email, password })).status;

async function asked(extra: Parameters<typeof givenUser>[0] = {}) {
  const user = await givenUser(extra);
  expect((await ask(user.email, "/voice")).status).toBe(202);
  return { ...user, token: await tokenTo(user.email, "password-reset") };
}

describe("asking for a link", () => {
  it("is answered the same after the same writes, whether somebody has the address or not", async () => {
    const { email } = await givenUser();
    const rows = async () =>
      (
        await pool().query<{ links: string; mails: string; jobs: string }>(
          `SELECT (SELECT count(*) FROM one_time_link) AS links, (SELECT count(*) FROM personal_mail) AS mails,
             (SELECT count(*) FROM graphile_worker.jobs) AS jobs`,
        )
      ).rows[0];
    const wrote = async (address: string) => {
      const before = await rows();
      const answer = await seenOf(await ask(address));
      const after = await rows();
      const added = Object.entries(after ?? {}).map(([name, n]) => [
        name,
        Number(n) - Number(before?.[name as keyof typeof before]),
      ]);
      return { answer, added };
    };
    const known = await wrote(email);
    expect(known.added).toEqual([
      ["links", 1],
      ["mails", 1],
      ["jobs", 1],
    ]);
    for (const address of ["nobody@garage.test", email.toUpperCase()])
      expect(await wrote(address)).toEqual(known);
    expect(await lettersTo("nobody@garage.test")).toEqual([]);
  });

  it("five letters an hour to an address, apart from other letters, and all of them hold a good link", async () => {
    const { email } = await givenUser();
    const signUp = () =>
      postTo(signUpRoute, {
        name: "Pat",
        garageName: "Reed Motors",
        email,
        password: "walrus-tandem-inkwell",
      });
    const all = async (ask: () => Promise<Response>) =>
      (await Promise.all(Array.from({ length: 7 }, async () => (await ask()).status))).sort();
    const five = [...Array(5).fill(202), 429, 429];
    expect(await all(signUp)).toEqual(five);
    expect(await all(() => ask(email))).toEqual(five);
    const tokens = (await lettersTo(email)).flatMap(({ token }) => token ?? []);
    expect(await Promise.all(tokens.map(look))).toEqual(Array(5).fill({ state: "live", email }));
  });
});

describe("the link", () => {
  it("sets the password, ends every session and the other links, tells the person, and signs in", async () => {
    const { orgId } = await givenOrganisation(systemContext("test"));
    const { userId, email, token } = await asked();
    await prisma().member.create({
      data: { id: newId(), organizationId: orgId, userId, role: "owner" },
    });
    await ask(email);
    const other = await tokenTo(email, "password-reset");
    const elsewhere = await givenSession({ userId });
    const listener = await pool().connect();
    const heard = new Promise<void>((resolve) => {
      listener.on("notification", ({ payload }) => payload?.includes(userId) && resolve());
    });
    await listener.query(`LISTEN ${LIVE_CHANNEL}`);
    expect(await look(token)).toEqual({ state: "live", email });
    const answer = await reset(token);
    expect([answer.status, await answer.json()]).toEqual([200, { next: "/voice" }]);
    expect(await signedIn(new Headers({ cookie: cookiesOf(answer) }))).toMatchObject({ email });
    expect(await signedIn(new Headers({ cookie: elsewhere.cookie }))).toBeUndefined();
    expect(await look(token)).toEqual({ state: "used", email });
    expect(await look(other)).toEqual({ state: "withdrawn", email });
    expect((await lettersTo(email)).at(-1)?.letter).toBe("password-changed");
    expect([await signIn(email, OLD), await signIn(email, NEW)]).toEqual([401, 200]);
    const { emailVerified } = await prisma().user.findUniqueOrThrow({ where: { id: userId } });
    expect(emailVerified).toBe(true);
    await heard;
    listener.release(true);
  });

  it("does not go past a second factor: no session is open before its code", async () => {
    const { email, token } = await asked({ twoFactorEnabled: true });
    const answer = await reset(token);
    expect(await answer.json()).toEqual({ next: "/voice", secondStep: true });
    expect(await signedIn(new Headers({ cookie: cookiesOf(answer) }))).toBeUndefined();
    expect(await prisma().session.count({ where: { user: { email } } })).toBe(0);
  });

  it("of five at once works for one", async () => {
    const { token } = await asked();
    const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await reset(token)).status));
    expect(statuses.sort()).toEqual([200, 410, 410, 410, 410]);
  });

  it("of another user's sessions and links leaves everything", async () => {
    const bystander = await asked();
    const theirs = await givenSession({ userId: bystander.userId });
    await reset((await asked()).token);
    expect(await signedIn(new Headers({ cookie: theirs.cookie }))).toMatchObject({ email: bystander.email });
    expect(await look(bystander.token)).toMatchObject({ state: "live" });
  });

  it.each([
    ["password123", "easy to guess"],
    ["Sam Ortiz Sam", "easy to guess"],
    ["short", "password"],
  ])("stays usable where the password is refused: %s", async (password, words) => {
    const { token, email } = await asked();
    const refused = await reset(token, password);
    expect([refused.status, await errorOf(refused)]).toEqual([
      400,
      expect.objectContaining({ field: "password", message: expect.stringContaining(words) }),
    ]);
    expect([await signIn(email, OLD), (await look(token)).state]).toEqual([200, "live"]);
  });

  it("runs out after an hour, to the second", async () => {
    const { token, email } = await asked();
    const age = (seconds: number) =>
      pool().query(
        `UPDATE one_time_link SET created_at = created_at - make_interval(secs => $2),
           expires_at = expires_at - make_interval(secs => $2) WHERE email = $1`,
        [email, seconds],
      );
    await age(3_500);
    expect((await look(token)).state).toBe("live");
    await age(100);
    expect([(await look(token)).state, (await reset(token)).status]).toEqual(["expired", 410]);
  });

  it("of a user who is gone, or of nobody, does nothing", async () => {
    const { userId, token } = await asked();
    await prisma().user.delete({ where: { id: userId } });
    expect([(await reset(token)).status, (await reset("x".repeat(43))).status]).toEqual([410, 410]);
  });
});

it("the demo's accounts: where TORQUEFLOW_DEMO=1, and nowhere else", async () => {
  const { email, token } = await asked({ demo: true });
  changeSettings({ TORQUEFLOW_DEMO: false });
  try {
    const letters = await lettersTo(email);
    expect((await ask(email)).status).toBe(202);
    expect(await lettersTo(email)).toEqual(letters);
    expect((await reset(token)).status).toBe(410);
  } finally {
    forgetEnvironment();
  }
  expect((await reset(token)).status).toBe(200);
});

it("a member's place is where the session begins", async () => {
  const context = systemContext("test");
  const { orgId } = await givenOrganisation(context);
  const { email, member } = await givenMember(context, orgId, "advisor");
  await prisma().account.create({
    data: {
      id: newId(),
      accountId: member.actor.userId,
      userId: member.actor.userId,
      providerId: "credential",
      password: hash,
    },
  });
  await ask(email);
  const answer = await reset(await tokenTo(email, "password-reset"));
  expect(await signedIn(new Headers({ cookie: cookiesOf(answer) }))).toMatchObject({ chosen: orgId });
});
