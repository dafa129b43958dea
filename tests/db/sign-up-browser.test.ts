import { afterAll, describe, expect, it } from "vitest";
import { POST as signInRoute } from "@/app/api/auth/sign-in/email/route";
import { POST as lookRoute } from "@/app/api/links/[kind]/route";
import { POST as againRoute } from "@/app/api/sign-up/again/route";
import { POST as confirmRoute } from "@/app/api/sign-up/confirm/route";
import { POST as signUpRoute } from "@/app/api/sign-up/route";
import { closePool, pool } from "@/lib/db/pool";
import { newId } from "@/lib/shared/ids";
import { tokenTo } from "../factories/mailed-links";
import { cookiesOf, errorOf, postTo } from "../factories/visitor";

afterAll(closePool);

const TYPED = "kettle-orbit-marmalade";
const CHOSEN = "harbour-pencil-velvet";

const signUp = (email: string, cookie = "") =>
  postTo(signUpRoute, { name: "Pat Reed", garageName: "Reed Motors", email, password: TYPED }, { cookie });

/** Asked for in a browser of its own, whose cookie is returned. */
async function asked(email = `${newId()}@reed.test`) {
  const answer = await signUp(email);
  return { email, token: await tokenTo(email, "confirm-address"), cookie: cookiesOf(answer), answer };
}

const confirm = (given: { token: string; password?: string }, cookie = "") =>
  postTo(confirmRoute, given, { cookie });
const look = async (token: string, cookie = "") =>
  (await postTo(lookRoute, { token }, { params: { kind: "sign-up" }, cookie })).json();
const signIn = async (email: string, password: string) =>
  (await postTo(signInRoute, { email, password })).status;
const runOut = (email: string) =>
  pool().query(
    `UPDATE one_time_link SET created_at = created_at - interval '25 hours',
       expires_at = expires_at - interval '25 hours' WHERE email = $1 AND ended IS NULL`,
    [email],
  );

it("the browser that signs up is known by a cookie that no script reads, of which only a hash is kept", async () => {
  const { email, answer, cookie } = await asked();
  expect(answer.headers.getSetCookie()).toEqual([
    expect.stringMatching(
      /^torqueflow\.sign-up=[\w-]{43}; Path=\/api; Max-Age=691200; HttpOnly; SameSite=Lax$/,
    ),
  ]);
  const { rows } = await pool().query<{ data: { browserHash: string } }>(
    "SELECT data FROM one_time_link WHERE email = $1",
    [email],
  );
  expect(rows[0]?.data.browserHash).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(rows)).not.toContain(cookie.split("=")[1]);
});

it("in it one press is enough, for each of its sign-ups", async () => {
  const first = await asked();
  const second = `${newId()}@reed.test`;
  expect(cookiesOf(await signUp(second, first.cookie))).toBe(first.cookie);
  for (const email of [first.email, second]) {
    const token = await tokenTo(email, "confirm-address");
    expect(await look(token, first.cookie)).toMatchObject({ state: "live", choosesPassword: false });
    expect((await confirm({ token }, first.cookie)).status).toBe(200);
    expect(await signIn(email, TYPED)).toBe(200);
  }
});

describe("whoever follows the link elsewhere chooses a password there, and the one that was typed opens nothing", () => {
  it.each([
    ["without a cookie", async () => ""],
    ["with that of a sign-up of their own", async () => (await asked()).cookie],
    ["with a forged one", async () => `torqueflow.sign-up=${"x".repeat(43)}`],
    ["with an empty one", async () => "torqueflow.sign-up="],
  ])("%s", async (_, browser) => {
    const { email, token } = await asked();
    const cookie = await browser();
    expect(await look(token, cookie)).toMatchObject({ state: "live", choosesPassword: true });
    const refused = await confirm({ token }, cookie);
    expect([refused.status, await errorOf(refused)]).toEqual([
      400,
      expect.objectContaining({
        field: "password",
        message: "You opened this in another browser: choose your password.",
      }),
    ]);
    expect(await signIn(email, TYPED)).toBe(401);
    expect((await confirm({ token, password: CHOSEN }, cookie)).status).toBe(200);
    expect([await signIn(email, TYPED), await signIn(email, CHOSEN)]).toEqual([401, 200]);
  });

  it("one with the stranger's cookie and a link of their own does not help the stranger", async () => {
    const stranger = await asked();
    const owner = await asked(stranger.email);
    expect((await confirm({ token: owner.token }, stranger.cookie)).status).toBe(400);
    expect((await confirm({ token: owner.token }, owner.cookie)).status).toBe(200);
    expect((await look(stranger.token, stranger.cookie)).state).toBe("withdrawn");
  });

  it("a link of before sign-ups were bound to a browser", async () => {
    const { email, token, cookie } = await asked();
    await pool().query("UPDATE one_time_link SET data = data - 'browserHash' WHERE email = $1", [email]);
    expect((await look(token, cookie)).choosesPassword).toBe(true);
    expect((await confirm({ token }, cookie)).status).toBe(400);
  });

  it.each(["password123", "Reed Motors Pat", "short"])(
    "%s is refused, and the link stays",
    async (password) => {
      const { token } = await asked();
      const refused = await confirm({ token, password });
      expect([refused.status, (await errorOf(refused)).field]).toEqual([400, "password"]);
      expect((await look(token)).state).toBe("live");
    },
  );
});

it("a link that is sent again belongs to the browser that signed up, not to the one that had it sent", async () => {
  const { email, token, cookie } = await asked();
  await runOut(email);
  const other = await asked();
  const answer = await postTo(againRoute, { token }, { cookie: other.cookie });
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([202, []]);
  const next = await tokenTo(email, "confirm-address");
  expect((await look(next, other.cookie)).choosesPassword).toBe(true);
  expect((await confirm({ token: next }, other.cookie)).status).toBe(400);
  expect((await confirm({ token: next }, cookie)).status).toBe(200);
  expect(await signIn(email, TYPED)).toBe(200);
});
