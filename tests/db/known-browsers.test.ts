import { afterAll, describe, expect, it } from "vitest";
import { POST as codeRoute } from "@/app/api/auth/sign-in/code/route";
import { POST as signInRoute } from "@/app/api/auth/sign-in/email/route";
import { changePassword } from "@/lib/auth/change-password";
import { knownBrowser } from "@/lib/auth/known-browser";
import { closePool, pool } from "@/lib/db/pool";
import { givenAccount, PASSWORD, withSecondFactor } from "../factories/account";
import { cookiesOf, postTo } from "../factories/visitor";

afterAll(closePool);

const firstStep = (email: string, cookie = "") =>
  postTo(signInRoute, { email, password: PASSWORD }, { cookie });
const secondStep = (code: string, cookie: string) => postTo(codeRoute, { code }, { cookie });

const knownIn = (response: Response): string =>
  cookiesOf(response)
    .split("; ")
    .filter((cookie) => cookie.includes(".known."))
    .join("; ");

const isKnown = async (cookie: string, email: string): Promise<boolean> =>
  (await knownBrowser(new Headers({ cookie }), email)) !== undefined;

async function wholeSignIn(email: string, code: string | undefined): Promise<string> {
  const first = cookiesOf(await firstStep(email));
  return knownIn(await secondStep(String(code), first));
}

/** So many codes one after the other from a browser, in one second step; what each was answered. */
async function guess(email: string, known: string, times: number, code = "000000"): Promise<number[]> {
  const step = cookiesOf(await firstStep(email, known));
  const statuses: number[] = [];
  for (let n = 0; n < times; n += 1) statuses.push((await secondStep(code, `${known}; ${step}`)).status);
  return statuses;
}

describe("a browser that has signed in before", () => {
  it("is known no longer once a second factor is on or the password is another, but for the one that did it", async () => {
    const { ctx, headers, email } = await givenAccount();
    const before = knownIn(await firstStep(email));
    expect(await isKnown(before, email)).toBe(true);
    const factor = await withSecondFactor(ctx, headers);
    const setUpHere = String(factor.headers.get("cookie"));
    expect([await isKnown(before, email), await isKnown(setUpHere, email)]).toEqual([false, true]);
    const since = await wholeSignIn(email, factor.recoveryCodes[0]);
    expect(await isKnown(since, email)).toBe(true);
    const next = "walrus-tandem-inkwell";
    const changed = await changePassword(ctx, factor.headers, { current: PASSWORD, next });
    const changedHere = knownIn(new Response(null, { headers: changed }));
    expect([await isKnown(since, email), await isKnown(changedHere, email)]).toEqual([false, true]);
  });

  it("gives no more guesses at a code than thirty an hour, however many there are, and none are lost to strangers", async () => {
    const { ctx, headers, email } = await givenAccount();
    const { recoveryCodes } = await withSecondFactor(ctx, headers);
    const browsers: string[] = [];
    for (const code of recoveryCodes.slice(0, 5)) browsers.push(await wholeSignIn(email, code));
    expect(await guess(email, "", 11)).toEqual([...Array(10).fill(400), 429]);
    const guesses: number[] = [];
    for (const known of browsers.slice(0, 4)) guesses.push(...(await guess(email, known, 8)));
    expect(guesses).toEqual([...Array(30).fill(400), 429, 429]);
    expect(await guess(email, String(browsers[4]), 1)).toEqual([429]);
  });

  it("gets in with a right code while an intruder at another one has guessed for as long as that is let", async () => {
    const { ctx, headers, email } = await givenAccount();
    const { recoveryCodes } = await withSecondFactor(ctx, headers);
    const taken = await wholeSignIn(email, recoveryCodes[0]);
    const owners = await wholeSignIn(email, recoveryCodes[1]);
    expect(await guess(email, taken, 11)).toEqual([...Array(10).fill(400), 429]);
    await nextQuarter();
    expect(await guess(email, taken, 1)).toEqual([429]);
    expect(await guess(email, owners, 1, recoveryCodes[2])).toEqual([200]);
  });

  it("gets in with a right code while strangers have used up their guesses of the hour", async () => {
    const { ctx, headers, email } = await givenAccount();
    const { recoveryCodes } = await withSecondFactor(ctx, headers);
    const known = await wholeSignIn(email, recoveryCodes[0]);
    for (let quarter = 0; quarter < 3; quarter += 1) {
      expect(await guess(email, "", 10)).toEqual(Array(10).fill(400));
      await nextQuarter();
    }
    expect(await guess(email, "", 1, recoveryCodes[1])).toEqual([429]);
    expect(await guess(email, known, 1, recoveryCodes[1])).toEqual([200]);
  });
});

/** A quarter of an hour later, as far as guesses are concerned. */
const nextQuarter = () => pool().query("DELETE FROM limit_counter WHERE key LIKE 'second-step:%'");
