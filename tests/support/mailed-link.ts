import { vi } from "vitest";
import { cookiesOf } from "../factories/visitor";
import { createClient } from "../sandbox/client";
import { sharedApp } from "./app";

const PATIENCE = { timeout: 20_000, interval: 100 };

/** The latest link to a page of ours in the mail to an address: the application's worker sends it to the local mail server. */
export async function mailedLink(to: string, page: string): Promise<URL> {
  const sandbox = createClient(sharedApp().sandboxUrl);
  const find = async (): Promise<string | undefined> => {
    for (const { text } of await sandbox.mails(to))
      for (const [address] of text.matchAll(/https?:\/\/\S+/g))
        if (new URL(address).pathname === page) return address;
    return undefined;
  };
  return new URL(await vi.waitUntil(find, PATIENCE));
}

/** The token in it. */
export const mailedToken = async (to: string, page: string): Promise<string> =>
  (await mailedLink(to, page)).hash.slice(1);

/** A browser's POST to a route that needs no session. */
export const postAnew = (
  path: string,
  body: Readonly<Record<string, unknown>>,
  { url = sharedApp().url, address = "10.30.0.1", cookie = "" } = {},
): Promise<Response> =>
  fetch(new URL(path, url), {
    method: "POST",
    headers: { "content-type": "application/json", origin: url, "x-forwarded-for": address, cookie },
    body: JSON.stringify(body),
  });

/** A new garage on a trial, by the link that is mailed. Returns the Cookie header of its owner. */
export async function signUpByMail(
  account: { readonly email: string; readonly password: string; readonly garageName?: string },
  url = sharedApp().url,
): Promise<string> {
  const typed = { name: "Sam Ortiz", garageName: "Ortiz Motors", ...account };
  const asked = await postAnew("/api/sign-up", typed, { url });
  if (asked.status !== 202) throw new Error(`sign-up: ${asked.status} ${await asked.text()}`);
  const confirmed = await postAnew(
    "/api/sign-up/confirm",
    { token: await mailedToken(account.email, "/confirm") },
    { url, cookie: cookiesOf(asked) },
  );
  if (!confirmed.ok) throw new Error(`confirm: ${confirmed.status} ${await confirmed.text()}`);
  return cookiesOf(confirmed);
}
