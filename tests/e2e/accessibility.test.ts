// axe on every page, light and dark.
import { describe, expect, test } from "vitest";
import { DESK, expectAccessible, openBrowser, PATIENCE, PHONE } from "../support/browser";

const { open } = openBrowser();

const PAGES: readonly (readonly [string, string | null, string])[] = [
  ["sign-in", null, "/sign-in"],
  ["sign-up", null, "/sign-up"],
  ["an invitation without its token", null, "/invitation"],
  ...[
    "brightside",
    "oldmill",
    "lowfell",
    "ironbridge",
    "coldstart",
    "quayside",
    "harbour",
    "showroom",
    "millbrook",
    "harrow",
  ].map((slug) => [`billing of ${slug}`, `owner@${slug}.test`, "/settings/billing"] as const),
  ["billing of a manager", "manager@brightside.test", "/settings/billing"],
  ["billing refused", "advisor@brightside.test", "/settings/billing"],
  ["home of an owner", "owner@lowfell.test", "/"],
  ["home of an advisor", "advisor@ironbridge.test", "/"],
  ["messages", "advisor@harbour.test", "/messages"],
  ["calls", "owner@harbour.test", "/voice"],
  ["settings", "owner@harbour.test", "/settings"],
  ["team refused", "advisor@brightside.test", "/settings/team"],
  ["diagnostics", "technician@brightside.test", "/diagnostics"],
];

/** Those that advisors and owners have in their pockets. */
const ON_PHONES = ["home of an owner", "billing of harbour", "messages", "calls", "diagnostics"];

describe("axe finds nothing, light or dark, and a phone scrolls in one direction only", () => {
  test.each(PAGES)("%s", async (name, email, path) => {
    const page = await open(email, path);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await expect.poll(() => page.locator("[aria-busy=true]").count(), PATIENCE).toBe(0);
    await expectAccessible(page, ON_PHONES.includes(name) ? [DESK, PHONE] : [DESK]);
  });
});
