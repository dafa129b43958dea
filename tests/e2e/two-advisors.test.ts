// Two people on one conversation: nobody answers twice, and nothing that somebody wrote is lost.
import type { Page } from "@playwright/test";
import { beforeEach, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { givenStaffedGarage, lineOf, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { openBrowser, PATIENCE, shows } from "../support/browser";

const { open, allow } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);
const FROM = "+447700900641";

let garage: StaffedGarage;
beforeEach(async () => {
  garage = await givenStaffedGarage(systemContext("test"));
  await sandbox.addLine(lineOf(garage));
  await sandbox.sms({ line: garage.slug, from: FROM, text: "Is the Fiesta ready yet?" });
});

const box = (page: Page) => page.getByRole("textbox", { name: /^Reply to/ });
/** A button that acts; the list's views are pressed or not, and one is called as one of the thread's buttons. */
const press = (page: Page, name: string) =>
  page
    .locator("button:not([aria-pressed])")
    .and(page.getByRole("button", { name, exact: true }))
    .click();

async function atThread(role: "advisor" | "manager"): Promise<Page> {
  const page = await open(`${role}@${garage.slug}.test`, "/messages");
  await page.getByRole("link").filter({ hasText: "07700 900641" }).click();
  await box(page).waitFor();
  return page;
}

async function say(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await press(page, "Send");
}

/** What the customer has got from people, in order. */
const got = async () =>
  (await sandbox.customer(garage.slug, FROM)).messages
    .map(({ text }) => text ?? "")
    .filter((text) => text.startsWith("Staff: "));

test("each sees that the other is writing; a reply that crossed another waits for its author, who keeps it or sends it anyway", async () => {
  allow(/ERR_INTERNET_DISCONNECTED|409/);
  const [one, other] = [await atThread("advisor"), await atThread("manager")];
  await box(one).pressSequentially("Let me l");
  await shows(other, `${garage.slug} advisor is typing…`);

  await one.context().setOffline(true);
  await say(one, "Staff: one");
  await say(one, "Staff: two");
  await shows(one, "Waiting for the connection");
  await say(other, "Staff: it is ready");
  await expect.poll(got, PATIENCE).toEqual(["Staff: it is ready"]);
  await one.context().setOffline(false);

  const refused = one.getByRole("alert").filter({ hasText: "manager replied while you were writing" });
  await expect.poll(() => refused.count(), PATIENCE).toBe(2);
  await one.getByRole("log", { name: "Messages" }).getByText("Staff: it is ready").waitFor();
  await box(one).fill("and more");
  await one.getByRole("button", { name: "Keep as draft" }).first().click();
  await expect.poll(() => box(one).inputValue()).toBe("Staff: one\nand more");
  await press(one, "Send anyway");
  await expect.poll(got, PATIENCE).toEqual(["Staff: it is ready", "Staff: two"]);
  await expect.poll(() => refused.count(), PATIENCE).toBe(0);
  await expect.poll(() => box(one).inputValue()).toBe("Staff: one\nand more");
});

test("what is written without a connection survives a reload, and goes once and in order when it is back", async () => {
  allow(/ERR_FAILED|401/);
  const page = await atThread("advisor");
  await page.route("**/reply", (route) => route.abort());
  await say(page, "Staff: first");
  await say(page, "Staff: second");
  await shows(page, "Waiting for the connection");
  await box(page).fill("a third, half writ");
  await page.reload();
  await shows(page, "Waiting for the connection");
  await expect.poll(() => box(page).inputValue()).toBe("a third, half writ");
  await page.unroute("**/reply");
  await expect.poll(got, PATIENCE).toEqual(["Staff: first", "Staff: second"]);
  await expect.poll(() => page.getByText("Waiting for the connection").count(), PATIENCE).toBe(0);
  const thread = page.getByRole("log", { name: "Messages" });
  await expect.poll(() => thread.getByText("Staff: first", { exact: true }).count(), PATIENCE).toBe(1);

  await press(page, "Sign out");
  await page.waitForURL("**/sign-in*");
  const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("kept")));
  expect(kept).toEqual([]);
});

test("a colleague ends the conversation while somebody writes: they see it, and their words stay", async () => {
  const [one, other] = [await atThread("advisor"), await atThread("manager")];
  await box(one).fill("I was just about to");
  const thread = other.getByRole("region", { name: "07700 900641" });
  await thread.getByRole("button", { name: "Done", exact: true }).click();
  await shows(one, /manager\W* marked this as done/);
  await shows(one, "Done. The customer’s next message opens it again.");
  await expect.poll(() => box(one).inputValue()).toBe("I was just about to");
  await press(one, "Reopen");
  await shows(other, "No conversation open");
  await shows(one, /You reopened this/);
});
