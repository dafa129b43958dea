import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SECRETS_OF_PRODUCTION } from "../factories/secrets";
import { sharedApp } from "../support/app";
import { type RunningService, startApp } from "../support/app-process";
import { mailedToken, signUpByMail } from "../support/mailed-link";
import { sessionCookie } from "../support/session-cookie";

let app: RunningService;
let demoCookie: string;
beforeAll(async () => {
  const { url, databaseUrl } = sharedApp();
  demoCookie = await sessionCookie(url, "manager@coldstart.test", { address: "10.20.30.40" });
  const env = { ...SECRETS_OF_PRODUCTION, TORQUEFLOW_DEMO: "0" };
  app = await startApp({ databaseUrl, env });
});
afterAll(() => app?.stop());

/** The same session, in a cookie that this application has signed. */
function signedHere(cookie: string): string {
  const [name = "", value = ""] =
    cookie
      .split("; ")
      .find((one) => one.includes("session_token"))
      ?.split("=") ?? [];
  const [token = ""] = decodeURIComponent(value).split(".");
  const signature = createHmac("sha256", SECRETS_OF_PRODUCTION.AUTH_SECRET).update(token).digest("base64");
  return `${name}=${encodeURIComponent(`${token}.${signature}`)}`;
}

const balanceOf = async (cookie: string): Promise<number> =>
  (await fetch(`${app.url}/api/credits/balance`, { headers: { cookie } })).status;

const signIn = (fields: Readonly<Record<string, string>>) =>
  fetch(`${app.url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: app.url },
    body: JSON.stringify({ email: "owner@brightside.test", password: "torqueflow-demo", ...fields }),
  });

describe("where customers are served", () => {
  it("the demo's accounts, whose password is public, neither sign in nor stay signed in", async () => {
    const answer = await signIn({});
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []]);
    expect(await balanceOf(signedHere(demoCookie))).toBe(401);
  });

  it("a customer's account does both", async () => {
    const account = { email: "pat@reed-motors.test", password: "kettle-orbit-marmalade" };
    await signUpByMail(account, app.url);
    const token = await mailedToken(account.email, "/confirm");
    for (const secret of [token, account.password, account.email])
      expect(app.output.join("\n")).not.toContain(secret);
    expect(await balanceOf(await sessionCookie(app.url, account.email, account))).toBe(200);
  });

  it("every line of the log is JSON, and none of it somebody else's", async () => {
    const line = '\n{"level":30,"msg":"not ours"}\n\u001b[31m\u009b31m';
    await signIn({
      callbackURL: `https://x${line}`,
      redirectTo: line,
      email: `a${line}@b.test`,
      password: line,
    });
    await fetch(`${app.url}/_next/image?url=${encodeURIComponent(line)}&w=64&q=75`);
    await fetch(`${app.url}/settings/billing`, {
      method: "POST",
      headers: { "next-action": "0".repeat(42), "content-type": "text/plain", origin: app.url },
      body: line,
    });
    await expect.poll(() => app.output.join("\n")).toContain('"status":400');
    const lines = app.output.map((text) => {
      try {
        return JSON.parse(text);
      } catch {
        return text;
      }
    });
    expect(lines.filter((parsed) => typeof parsed === "string" || parsed.msg === "not ours")).toEqual([]);
    for (const control of ["\u001b", "\u009b"]) expect(app.output.join("")).not.toContain(control);
  });
});
