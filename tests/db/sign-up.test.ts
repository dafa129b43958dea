import { afterAll, describe, expect, it } from "vitest";
import { POST } from "@/app/api/sign-up/route";
import { systemContext } from "@/lib/auth/context";
import { signUp } from "@/lib/auth/sign-up";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";

afterAll(closePool);

const SAFE = "kettle-orbit-marmalade";
let visitors = 0;

/** Each visitor from an address of their own, unless it is given. */
function post(body: Readonly<Record<string, unknown>>, address = `192.0.2.${++visitors}`): Promise<Response> {
  const headers = { "content-type": "application/json", "x-client-address": address };
  const given = { name: "Pat Reed", garageName: "Reed Motors", password: SAFE, ...body };
  return POST(
    new Request("http://127.0.0.1:3000/api/sign-up", {
      method: "POST",
      headers,
      body: JSON.stringify(given),
    }),
  );
}

const errorOf = async (response: Response) =>
  ((await response.json()) as { error: Record<string, string> }).error;

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
    credentials: user?.accounts.map(({ providerId }) => providerId),
    sessions: user?.sessions.length,
    role: member?.role,
    garage: member?.organization.name,
    account: rows[0]?.state,
  };
}

const NOTHING = {
  name: undefined,
  credentials: undefined,
  sessions: undefined,
  role: undefined,
  garage: undefined,
  account: undefined,
};

it("makes a user, their garage and its trial, and leaves no session behind", async () => {
  expect((await post({ email: "Pat@Reed.test" })).status).toBe(201);
  expect(await madeFor("pat@reed.test")).toEqual({
    name: "Pat Reed",
    credentials: ["credential"],
    sessions: 0,
    role: "owner",
    garage: "Reed Motors",
    account: "trial",
  });
});

it.each([
  ["Łódź Motors", "lodz-motors"],
  ["Søren & Strauß", "soren-and-strauss"],
  ["Гараж", "garazh"],
  ["🚗", "garage"],
])("the slug of %s has its letters", async (garageName, words) => {
  const email = `${words}@reed.test`;
  expect((await post({ email, garageName })).status).toBe(201);
  const { organization } = await prisma().member.findFirstOrThrow({
    where: { user: { email } },
    include: { organization: true },
  });
  expect(organization.slug).toMatch(new RegExp(`^${words}-[0-9a-f]{6}$`));
});

it("all or nothing: what fails half-way leaves the address free", async () => {
  const input = { name: "Pat", garageName: "A\u0000B", email: "half@way.test", password: SAFE };
  await expect(signUp(systemContext("test"), input)).rejects.toThrow();
  expect(await madeFor("half@way.test")).toEqual(NOTHING);
  expect((await post({ email: "half@way.test" })).status).toBe(201);
});

it("an address that has an account is a conflict, and says at which field", async () => {
  expect((await post({ email: "twice@reed.test" })).status).toBe(201);
  const again = await post({ email: "TWICE@reed.test" });
  expect([again.status, await errorOf(again)]).toEqual([
    409,
    expect.objectContaining({ code: "conflict", field: "email" }),
  ]);
});

describe("what a person types is cleaned, or refused with the field's name", () => {
  it.each([
    ["a name of zero-width characters", { name: "\u200B\u200D" }, "name"],
    ["a garage of a Hangul filler", { garageName: "\u3164" }, "garageName"],
    ["a name of 101 characters", { name: "x".repeat(101) }, "name"],
    ["a name that is no text", { name: {} }, "name"],
    ["an email that is none", { email: "nobody" }, "email"],
    ["an email with a zero byte", { email: "a\u0000b@reed.test" }, "email"],
    ["a short password", { password: "x7!kQ" }, "password"],
    ["a password of 129 characters", { password: "kettle orbit ".repeat(10) }, "password"],
  ])("%s", async (_, given, field) => {
    const response = await post({ email: "typed@reed.test", ...given });
    expect([response.status, await errorOf(response)]).toEqual([
      400,
      expect.objectContaining({ code: "invalid_input", field }),
    ]);
    expect(await madeFor("typed@reed.test")).toEqual(NOTHING);
  });

  it("zero bytes and direction marks go, the rest of a name stays", async () => {
    const given = { name: " Pat\u0000\u202E Reed ", garageName: "Łódź  Motors 🚗", email: "clean@reed.test" };
    expect((await post(given)).status).toBe(201);
    expect(await madeFor("clean@reed.test")).toMatchObject({ name: "Pat Reed", garage: "Łódź Motors 🚗" });
  });
});

it("a password that is easy to guess is refused at its field", async () => {
  const response = await post({ email: "guess@reed.test", password: "password123" });
  expect([response.status, await errorOf(response)]).toEqual([
    400,
    expect.objectContaining({ field: "password", message: expect.stringContaining("easy to guess") }),
  ]);
});

it("ten an hour from one address; the eleventh learns how long to wait", async () => {
  const statuses: number[] = [];
  for (let n = 1; n <= 10; n += 1)
    statuses.push((await post({ email: `n${n}@many.test` }, "198.51.100.7")).status);
  expect(statuses).toEqual(Array(10).fill(201));
  const refused = await post({ email: "n11@many.test" }, "198.51.100.7");
  const seconds = Number(refused.headers.get("retry-after"));
  expect([refused.status, seconds > 3_500 && seconds <= 3_600]).toEqual([429, true]);
  expect(await errorOf(refused)).toEqual({
    code: "rate_limited",
    message: "Too many attempts. Try again in 60 minutes.",
  });
  expect((await post({ email: "n11@many.test" }, "198.51.100.8")).status).toBe(201);
});
