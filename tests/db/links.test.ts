import { afterAll, describe, expect, it } from "vitest";
import { type Ctx, systemContext } from "@/lib/auth/context";
import { issueLink, peekLink, takeLink, withdrawLinks } from "@/lib/auth/links";
import { closePool, pool } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { newId } from "@/lib/shared/ids";

afterAll(closePool);

const START = new Date("2026-11-26T12:00:00Z");
const HOUR_MS = 3_600_000;
const at = (ms: number): Ctx => systemContext("test", { now: () => new Date(START.getTime() + ms) });
const ctx = at(0);

const givenLink = (email = "Sam@Reed.test", extra: { userId?: string; orgId?: string } = {}) =>
  inTransaction((tx) => issueLink(ctx, tx, { kind: "password-reset", email, data: {}, ...extra }));

const take = (token: string, given = ctx) =>
  inTransaction((tx) => takeLink(given, tx, "password-reset", token));

it("of a link only a hash is kept, and what it is for until it was used", async () => {
  const { id, token, expiresAt } = await givenLink();
  expect(expiresAt).toEqual(new Date(START.getTime() + HOUR_MS));
  const stored = () =>
    pool().query("SELECT row_to_json(l)::text AS row, data FROM one_time_link AS l WHERE id = $1", [id]);
  const { rows: fresh } = await stored();
  expect(fresh[0].row).not.toContain(token);
  expect(fresh[0].data).toEqual({ next: "/" });
  await take(token);
  expect((await stored()).rows[0].data).toEqual({});
});

it("looking changes nothing; using works once, of ten at once for one", async () => {
  const { token } = await givenLink();
  for (const _ of [1, 2])
    expect(await peekLink(ctx, "password-reset", token)).toMatchObject({
      kind: "live",
      link: { email: "sam@reed.test", data: { next: "/" } },
    });
  const taken = await Promise.all(Array.from({ length: 10 }, () => take(token)));
  expect(taken.map(({ kind }) => kind).sort()).toEqual(["live", ...Array(9).fill("used")]);
  expect(await peekLink(ctx, "password-reset", token)).toEqual({ kind: "used", email: "sam@reed.test" });
});

it("what was rolled back was not used", async () => {
  const { token } = await givenLink();
  await expect(
    inTransaction(async (tx) => {
      await takeLink(ctx, tx, "password-reset", token);
      throw new Error("its effect failed");
    }),
  ).rejects.toThrow("its effect failed");
  expect((await take(token)).kind).toBe("live");
});

it("is live until its last millisecond, and then expired", async () => {
  const { token } = await givenLink();
  expect((await peekLink(at(HOUR_MS - 1), "password-reset", token)).kind).toBe("live");
  expect((await take(token, at(HOUR_MS))).kind).toBe("expired");
  expect((await take(token, at(HOUR_MS - 1))).kind).toBe("live");
});

it.each([
  ["a forged token", "x".repeat(43)],
  ["none", ""],
  ["one with a zero byte", "\u0000"],
])("%s is unknown", async (_, token) => {
  expect(await take(token)).toEqual({ kind: "unknown" });
});

it("a token of another kind is unknown, and stays usable for its own", async () => {
  const { token } = await givenLink();
  const other = await inTransaction((tx) => takeLink(ctx, tx, "sign-up", token));
  expect(other).toEqual({ kind: "unknown" });
  expect((await take(token)).kind).toBe("live");
});

describe("withdrawn", () => {
  it("are the links of an address, of a user, or one, and none that was used", async () => {
    const email = `${newId()}@reed.test`;
    const userId = newId();
    const [first, second, used, others] = [
      await givenLink(email, { userId }),
      await givenLink(email.toUpperCase(), { userId }),
      await givenLink(email, { userId }),
      await givenLink(`x${email}`, { userId: newId() }),
    ];
    await take(used.token);
    const withdraw = (which: { email: string } | { userId: string } | { id: string }) =>
      inTransaction((tx) => withdrawLinks(ctx, tx, { kind: "password-reset", ...which }));
    expect(await withdraw({ id: first.id })).toBe(1);
    expect(await withdraw({ email: email.toUpperCase() })).toBe(1);
    expect(await withdraw({ userId })).toBe(0);
    const kinds = await Promise.all([first, second, used, others].map(({ token }) => take(token)));
    expect(kinds.map(({ kind }) => kind)).toEqual(["withdrawn", "withdrawn", "used", "live"]);
  });
});
