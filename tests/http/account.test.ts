import { afterAll, beforeAll, expect, it } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { codeOf } from "../factories/account";
import { givenStaffedGarage } from "../factories/shared-garage";
import { request, sharedApp } from "../support/app";
import { withSession } from "../support/sign-in";

const PASSWORD = "torqueflow-demo";
const ACCOUNT = "/api/settings/account";

let slug: string;
beforeAll(async () => {
  ({ slug } = await givenStaffedGarage(systemContext("test")));
});
afterAll(closePool);

const post = (path: string, body: unknown, cookie = "") =>
  request(path, {
    method: "POST",
    headers: { "content-type": "application/json", origin: sharedApp().url, cookie },
    body: JSON.stringify(body),
  });

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .filter((line) => !/Max-Age=0/.test(line))
    .map((line) => line.split(";")[0])
    .join("; ");

it("a second factor is set up, asked for in the browser that gave the password alone, and used once", async () => {
  const email = `advisor@${slug}.test`;
  const { cookie } = await withSession(email);
  const setUp = await post(`${ACCOUNT}/second-factor/set-up`, { current: PASSWORD }, cookie);
  const { key } = await setUp.json();
  expect([setUp.status, setUp.headers.get("cache-control")]).toEqual([200, "no-store"]);
  const confirmed = await post(`${ACCOUNT}/second-factor/confirm`, { code: codeOf(key).code }, cookie);
  expect((await confirmed.json()).recoveryCodes).toHaveLength(10);
  expect((await request(ACCOUNT, { headers: { cookie } })).status).toBe(401);
  expect((await request(ACCOUNT, { headers: { cookie: cookiesOf(confirmed) } })).status).toBe(200);

  const first = await post("/api/auth/sign-in/email", { email, password: PASSWORD });
  expect([first.status, await first.json()]).toEqual([200, { secondStep: true }]);
  const halfway = cookiesOf(first);
  expect((await request(ACCOUNT, { headers: { cookie: halfway } })).status).toBe(401);
  const { code } = codeOf(key, 1);
  expect((await post("/api/auth/sign-in/code", { code })).status).toBe(401);
  const second = await post("/api/auth/sign-in/code", { code }, halfway);
  expect([second.status, await second.json()]).toEqual([200, {}]);
  const account = await request(ACCOUNT, { headers: { cookie: cookiesOf(second) } });
  expect(await account.json()).toMatchObject({ email, twoStep: { recoveryCodesLeft: 10 } });
  const again = cookiesOf(await post("/api/auth/sign-in/email", { email, password: PASSWORD }));
  expect((await post("/api/auth/sign-in/code", { code }, again)).status).toBe(400);
});
