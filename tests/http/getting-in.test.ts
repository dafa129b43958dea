import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { auth } from "@/lib/auth/auth";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { root } from "@/scripts/lib/environment.mjs";
import { giveForeignRole } from "../factories/foreign-role";
import { givenStaffedGarage } from "../factories/shared-garage";
import { request } from "../support/app";
import { mailedToken, postAnew, signUpByMail } from "../support/mailed-link";
import { signIn, withSession } from "../support/sign-in";

afterAll(closePool);

const PASSWORD = "kettle-orbit-marmalade";

/** All that a visitor can compare of an answer. */
async function seen(answer: Response): Promise<unknown> {
  const own = ["x-request-id", "date"];
  return {
    status: answer.status,
    headers: [...answer.headers].filter(([name]) => !own.includes(name)),
    body: await answer.text(),
  };
}

describe("an answer does not tell who has an account", () => {
  const typed = { name: "Sam", garageName: "Sam’s Garage", password: PASSWORD };
  it.each([
    ["/api/sign-up", typed],
    ["/api/forgot-password", {}],
  ])("%s", async (route, given) => {
    const cookie = `torqueflow.sign-up=${"h".repeat(43)}`;
    const ask = async (email: string) => seen(await postAnew(route, { ...given, email }, { cookie }));
    const known = await ask("manager@oldmill.test");
    expect(known).toMatchObject({ status: 202, body: "" });
    expect(await ask(`nobody${route.replaceAll("/", "-")}@oldmill.test`)).toEqual(known);
  });
});

describe("by the link in a mail", () => {
  it("a sign-up makes a trial garage with its owner, and leaves them signed in", async () => {
    const email = "sam@new-garage.test";
    const cookie = await signUpByMail({ email, password: PASSWORD, garageName: "Sam’s Garage" });
    const subscription = await request("/api/billing/subscription", { headers: { cookie } });
    expect(await subscription.json()).toMatchObject({
      state: "trial",
      canPurchase: true,
      trialCap: { text: "£0.00 of £5.00" },
    });
    const again = await postAnew("/api/sign-up/confirm", { token: await mailedToken(email, "/confirm") });
    expect(again.status).toBe(410);
  });

  it("a forgotten password is replaced, and whoever was signed in with the old one is out", async () => {
    const email = "robin@forgetful.test";
    const old = await signUpByMail({ email, password: PASSWORD });
    await postAnew("/api/forgot-password", { email });
    const token = await mailedToken(email, "/reset-password");
    const password = "harbour-pencil-velvet";
    expect((await postAnew("/api/reset-password", { token, password })).status).toBe(200);
    expect((await request("/api/credits/balance", { headers: { cookie: old } })).status).toBe(401);
    expect((await (await signIn(email, password)).get("/api/credits/balance")).status).toBe(200);
  });
});

it("a member whose role is none of the four is led, from wherever they go, to a page that says so and what to do", async () => {
  const { orgId, name, slug } = await givenStaffedGarage(systemContext("test"));
  const email = `technician@${slug}.test`;
  const { id } = await prisma().user.findUniqueOrThrow({ where: { email } });
  await giveForeignRole(orgId, id, "gardener");
  const { get } = await withSession(email);
  for (const path of ["/", "/diagnostics", "/settings/team", "/sign-in"]) {
    const { status, headers } = await get(path);
    expect([path, status, headers.get("location")]).toEqual([path, 307, "/no-garage"]);
  }
  expect((await get("/api/diagnostics")).status).toBe(403);
  const page = await (await get("/no-garage")).text();
  expect(page).toContain(`You have no role in ${name}`);
  expect(page).toContain(
    `Your role there, “gardener”, is none that Torqueflow knows. Ask an owner or manager of ${name}`,
  );
  expect(page).not.toContain("Start a garage of your own");
});

/** What the library would serve over HTTP, had it a route of its own. */
const offered = [
  ...new Set(
    Object.values(auth().api).flatMap((endpoint) => {
      const address: unknown = Reflect.get(endpoint, "path");
      return typeof address === "string" ? [address] : [];
    }),
  ),
];

it("of the sign-in library's endpoints only those are answered that our pages use", async () => {
  const own = (address: string) => existsSync(path.join(root, "app/api/auth", address, "route.ts"));
  expect(offered.filter(own).sort()).toEqual(["/organization/set-active", "/sign-in/email", "/sign-out"]);
  const shut = offered.filter((address) => !own(address));
  expect(shut.length).toBeGreaterThan(40);
  expect(shut).toEqual(
    expect.arrayContaining(["/organization/delete", "/change-password", "/list-sessions"]),
  );
  const owner = await signIn("owner@oldmill.test");
  for (const address of shut) {
    const asked = `/api/auth${address.replace(/:\w+/g, "x")}`;
    const statuses = [
      (await owner.get(asked)).status,
      (await owner.post(asked, { organizationId: "x", name: 5 })).status,
    ];
    expect(statuses, asked).toEqual([404, 404]);
  }
});
