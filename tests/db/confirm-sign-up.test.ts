import { afterAll, describe, expect, it } from "vitest";
import { POST as lookRoute } from "@/app/api/links/[kind]/route";
import { POST as againRoute } from "@/app/api/sign-up/again/route";
import { POST as confirmRoute } from "@/app/api/sign-up/confirm/route";
import { POST as signUpRoute } from "@/app/api/sign-up/route";
import { confirmSignUp } from "@/lib/auth/confirm-sign-up";
import { systemContext } from "@/lib/auth/context";
import { forgetOldLinks } from "@/lib/auth/forget-old-links";
import { memberContext } from "@/lib/auth/session";
import { signUp } from "@/lib/auth/sign-up";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { lettersTo, tokenTo } from "../factories/mailed-links";
import { cookiesOf, errorOf, postTo } from "../factories/visitor";

afterAll(closePool);

const TYPED = { name: "Pat Reed", garageName: "Reed Motors", password: "kettle-orbit-marmalade" };
const freshEmail = () => `${newId()}@reed.test`;

/** A browser that signed up here before: a sign-up is bound to the one that asks for it. */
const HERE = `torqueflow.sign-up=${"h".repeat(43)}`;

async function asked(email = freshEmail(), extra: Record<string, unknown> = {}, cookie = HERE) {
  const answer = await postTo(signUpRoute, { ...TYPED, email, ...extra }, { cookie });
  expect(answer.status).toBe(202);
  return { email, token: await tokenTo(email, "confirm-address"), cookie: cookiesOf(answer) };
}

const confirm = (token: string, cookie = HERE, password?: string) =>
  postTo(confirmRoute, { token, ...(password === undefined ? {} : { password }) }, { cookie });
const look = async (token: string) =>
  (await postTo(lookRoute, { token }, { params: { kind: "sign-up" }, cookie: HERE })).json();

/** What there is of an address: everything, or nothing at all. */
async function madeFor(email: string): Promise<Record<string, unknown>> {
  const user = await prisma().user.findUnique({
    where: { email },
    include: { accounts: true, sessions: true, members: { include: { organization: true } } },
  });
  const [member] = user?.members ?? [];
  const { rows } = await pool().query("SELECT state FROM credit_account WHERE org_id = $1", [
    member?.organizationId,
  ]);
  return {
    name: user?.name,
    verified: user?.emailVerified,
    credentials: user?.accounts.map(({ providerId }) => providerId),
    sessions: user?.sessions.length,
    garages: user?.members.length,
    role: member?.role,
    garage: member?.organization.name,
    account: rows[0]?.state,
  };
}

const ALL = {
  name: "Pat Reed",
  verified: true,
  credentials: ["credential"],
  sessions: 1,
  garages: 1,
  role: "owner",
  garage: "Reed Motors",
  account: "trial",
};
const NOTHING = Object.fromEntries(Object.keys(ALL).map((key) => [key, undefined]));

/** The link runs out, or another of its times passes. */
const age = (email: string, hours: number) =>
  pool().query(
    `UPDATE one_time_link SET created_at = created_at - make_interval(hours => $2::int),
       expires_at = expires_at - make_interval(hours => $2::int) WHERE email = $1`,
    [email, hours],
  );

it("makes the user, their garage and its trial, signs in, and leads to where they were going", async () => {
  const { email, token } = await asked(undefined, { next: "/voice?x=1" });
  expect(await look(token)).toEqual({
    state: "live",
    email,
    name: "Pat Reed",
    garageName: "Reed Motors",
    choosesPassword: false,
  });
  expect(await madeFor(email)).toEqual(NOTHING);
  const answer = await confirm(token);
  expect([answer.status, await answer.json()]).toEqual([200, { next: "/voice?x=1" }]);
  expect(await madeFor(email)).toEqual(ALL);
  const { actor } = await memberContext(new Headers({ cookie: cookiesOf(answer) }));
  expect(actor).toMatchObject({ kind: "member", role: "owner" });
  expect(await look(token)).toEqual({ state: "used", email });
});

it.each(["//evil.test", "https://evil.test", "/confirm", "/\\evil.test"])(
  "%s is no place to lead to",
  async (next) => {
    const { token } = await asked(undefined, { next });
    expect(await (await confirm(token)).json()).toEqual({ next: "/" });
  },
);

it.each([
  ["Łódź Motors", "lodz-motors"],
  ["Søren & Strauß", "soren-and-strauss"],
  ["Гараж", "garazh"],
  ["🚗", "garage"],
])("the slug of %s has its letters", async (garageName, words) => {
  const { email, token } = await asked(undefined, { garageName });
  await confirm(token);
  const { organization } = await prisma().member.findFirstOrThrow({
    where: { user: { email } },
    include: { organization: true },
  });
  expect(organization.slug).toMatch(new RegExp(`^${words}-[0-9a-f]{6}$`));
});

it("zero bytes and direction marks go, the rest of a name stays", async () => {
  const typed = { name: " Pat\u0000\u202E Reed ", garageName: "Łódź  Motors 🚗" };
  const { email, token } = await asked(undefined, typed);
  await confirm(token);
  expect(await madeFor(email)).toMatchObject({ name: "Pat Reed", garage: "Łódź Motors 🚗" });
});

it("all or nothing: what fails half-way leaves the link as it was", async () => {
  const email = freshEmail();
  const context = systemContext("test");
  await signUp(context, { ...TYPED, email, garageName: "A\u0000B" }, new Headers()).catch(() => undefined);
  const { token } = await asked(email);
  const broken = { ...context, newId: () => "no uuid" };
  await expect(confirmSignUp(broken, { token }, new Headers({ cookie: HERE }))).rejects.toThrow();
  expect(await madeFor(email)).toEqual(NOTHING);
  expect((await confirm(token)).status).toBe(200);
});

describe("used once", () => {
  it("of six at once, one makes the garage and the others are told", async () => {
    const { email, token } = await asked();
    const answers = await Promise.all(Array.from({ length: 6 }, () => confirm(token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(5).fill(410)]);
    expect(await madeFor(email)).toEqual(ALL);
  });

  it("two links of one address at once make one garage; the other does not count any more", async () => {
    const { email, token: first } = await asked();
    const { token: second } = await asked(email);
    const answers = await Promise.all([first, second].map((token) => confirm(token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
    expect(await madeFor(email)).toEqual(ALL);
    const { rows } = await pool().query("SELECT data FROM one_time_link WHERE email = $1", [email]);
    expect(rows.map(({ data }) => data)).toEqual([{}, {}]);
  });

  it("signed up twice at once: both letters hold good links", async () => {
    const email = freshEmail();
    await Promise.all([1, 2].map(() => postTo(signUpRoute, { ...TYPED, email }, { cookie: HERE })));
    const tokens = (await lettersTo(email)).map(({ token }) => token ?? "");
    expect(await Promise.all(tokens.map(look))).toEqual([
      expect.objectContaining({ state: "live" }),
      expect.objectContaining({ state: "live" }),
    ]);
    expect((await confirm(tokens[0] ?? "")).status).toBe(200);
    expect(await look(tokens[1] ?? "")).toEqual({ state: "withdrawn", email });
    expect((await confirm(tokens[1] ?? "")).status).toBe(410);
  });
});

describe("what cannot be used says why, and makes nothing", () => {
  it("a link of more than 24 hours; a new one is sent with what was typed", async () => {
    const { email, token } = await asked();
    await age(email, 24);
    const refused = await confirm(token);
    expect([refused.status, (await errorOf(refused)).message]).toEqual([410, "This link has expired."]);
    expect(await look(token)).toMatchObject({ state: "expired", email, garageName: "Reed Motors" });
    expect(await madeFor(email)).toEqual(NOTHING);
    expect((await postTo(againRoute, { token })).status).toBe(202);
    expect((await postTo(againRoute, { token })).status).toBe(410);
    const next = await tokenTo(email, "confirm-address");
    expect(next).not.toBe(token);
    expect((await confirm(next)).status).toBe(200);
    expect(await madeFor(email)).toEqual(ALL);
  });

  it("a link that still counts is not sent again, and stays usable", async () => {
    const { token } = await asked();
    expect((await postTo(againRoute, { token })).status).toBe(410);
    expect((await confirm(token)).status).toBe(200);
  });

  it("an address that has an account meanwhile: the link stays, and so does the account", async () => {
    const { email, token } = await asked();
    await prisma().user.create({ data: { id: newId(), name: "Somebody", email } });
    expect(await look(token)).toMatchObject({ state: "taken", email });
    const refused = await confirm(token);
    expect([refused.status, (await errorOf(refused)).code]).toEqual([409, "conflict"]);
    expect(await madeFor(email)).toMatchObject({ name: "Somebody", sessions: 0, garages: 0 });
  });

  it.each(["x".repeat(43), "\u0000x", "../../etc"])("the forged token %j", async (token) => {
    expect([(await confirm(token)).status, await look(token)]).toEqual([410, { state: "unknown" }]);
  });

  it("a kind that is no page's is not found, also where the token is right", async () => {
    const { token } = await asked();
    for (const kind of ["invitation", "constructor", "x"])
      expect((await postTo(lookRoute, { token }, { params: { kind } })).status, kind).toBe(404);
  });

  it("a link of long ago is forgotten, with the password's hash; a younger one stays", async () => {
    const [old, young] = [await asked(), await asked()];
    await age(old.email, 24 + 7 * 24 + 1);
    await age(young.email, 24 + 7 * 24 - 1);
    await forgetOldLinks(systemContext("test"));
    expect(await look(old.token)).toEqual({ state: "unknown" });
    expect(await look(young.token)).toMatchObject({ state: "expired" });
  });
});
