import { afterAll, describe, expect, it } from "vitest";
import { POST } from "@/app/api/sign-up/route";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { lettersTo } from "../factories/mailed-links";
import { errorOf, postTo, seenOf } from "../factories/visitor";

afterAll(closePool);

const SAFE = "kettle-orbit-marmalade";

/** One browser: its cookie is random at first, and stays the same. */
const cookie = `torqueflow.sign-up=${"h".repeat(43)}`;

const post = (body: Readonly<Record<string, unknown>>, address?: string): Promise<Response> =>
  postTo(
    POST,
    { name: "Pat Reed", garageName: "Reed Motors", password: SAFE, ...body },
    address ? { address, cookie } : { cookie },
  );

const namesOf = async (email: string) => (await lettersTo(email)).map(({ letter }) => letter);

const given = (email: string, extra: { readonly demo?: boolean } = {}) =>
  prisma().user.create({ data: { id: crypto.randomUUID(), name: "Known", email, ...extra } });

it("mails a link, and nothing of a garage or a user exists yet", async () => {
  const organisations = await prisma().organization.count();
  expect((await post({ email: "Pat@Reed.test" })).status).toBe(202);
  expect(await lettersTo("pat@reed.test")).toEqual([
    { letter: "confirm-address", token: expect.stringMatching(/^[\w-]{43}$/) },
  ]);
  expect(await prisma().user.count({ where: { email: "pat@reed.test" } })).toBe(0);
  expect(await prisma().organization.count()).toBe(organisations);
});

it("a name with NUL or half a character in it is stored without, and refused where nothing else is in it", async () => {
  expect((await post({ email: "half@reed.test", name: "A\ud800b", garageName: "R\0eed" })).status).toBe(202);
  expect(await lettersTo("half@reed.test")).toHaveLength(1);
  expect((await post({ email: "half@reed.test", name: "\0" })).status).toBe(400);
});

it("a known address gets the same answer after the same work, and a letter that says so", async () => {
  await given("known@reed.test");
  await given("demo@reed.test", { demo: true });
  const answers = await Promise.all(
    ["new@reed.test", "known@reed.test", "KNOWN@reed.test", "demo@reed.test"].map(async (email) =>
      seenOf(await post({ email })),
    ),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await namesOf("known@reed.test")).toEqual(["address-known", "address-known"]);
  expect(await namesOf("demo@reed.test")).toEqual(["address-known"]);
  expect((await lettersTo("known@reed.test")).flatMap(({ token }) => token ?? [])).toEqual([]);
  const { rows } = await pool().query<{ links: bigint; hashes: bigint }>(
    `SELECT count(*) AS links, count(*) FILTER (WHERE data ? 'passwordHash') AS hashes FROM one_time_link
     WHERE email = 'known@reed.test'`,
  );
  expect(rows[0]).toEqual({ links: 2n, hashes: 2n });
});

describe("what a person types is cleaned, or refused with the field's name", () => {
  it.each([
    ["a name of zero-width characters", { name: "\u200B\u200D" }, "name"],
    ["a garage of a Hangul filler", { garageName: "\u3164" }, "garageName"],
    ["a name of 101 characters", { name: "x".repeat(101) }, "name"],
    ["a garage of 61 characters", { garageName: "x".repeat(61) }, "garageName"],
    ["a name that is no text", { name: {} }, "name"],
    ["an email that is none", { email: "nobody" }, "email"],
    ["an email with a zero byte", { email: "a\u0000b@reed.test" }, "email"],
    ["a short password", { password: "x7!kQ" }, "password"],
    ["a password of 129 characters", { password: "kettle orbit ".repeat(10) }, "password"],
    ["a password that is easy to guess", { password: "password123" }, "password"],
  ])("%s", async (_, typed, field) => {
    const response = await post({ email: "typed@reed.test", ...typed });
    expect([response.status, await errorOf(response)]).toEqual([
      400,
      expect.objectContaining({ code: "invalid_input", field }),
    ]);
    expect(await lettersTo("typed@reed.test")).toEqual([]);
  });
});

describe("limits", () => {
  it("ten an hour from one visitor; the eleventh learns how long to wait", async () => {
    const statuses: number[] = [];
    for (let n = 1; n <= 10; n += 1)
      statuses.push((await post({ email: `n${n}@many.test` }, "203.0.113.7")).status);
    expect(statuses).toEqual(Array(10).fill(202));
    const refused = await post({ email: "n11@many.test" }, "203.0.113.7");
    const seconds = Number(refused.headers.get("retry-after"));
    expect([refused.status, seconds > 3_500 && seconds <= 3_600]).toEqual([429, true]);
    expect(await errorOf(refused)).toEqual({
      code: "rate_limited",
      message: "Too many attempts. Try again in 60 minutes.",
    });
    expect((await post({ email: "n11@many.test" }, "203.0.113.8")).status).toBe(202);
  });

  it.each([
    ["a stranger's", false],
    ["a member's", true],
  ])("%s address gets five letters an hour, from however many visitors", async (who, isKnown) => {
    const email = `${isKnown ? "known" : "new"}@bombed.test`;
    if (isKnown) await given(email);
    const answers = await Promise.all(Array.from({ length: 8 }, () => post({ email })));
    expect(answers.map(({ status }) => status).sort(), who).toEqual([...Array(5).fill(202), 429, 429, 429]);
    expect(await lettersTo(email)).toHaveLength(5);
  });
});
