// The Voice Dashboard as an advisor works with it, from a ringing telephone to a call-back that is done.
import { afterAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { givenStaffedGarage, lineOf } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { axeFindings, card, openBrowser, PATIENCE } from "../support/browser";

const { open, allow } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);
const ctx = systemContext("test");

afterAll(closePool);

test("calls without credits are seen live, found in the log, rung back by keyboard, undone and texted back", async () => {
  const garage = await givenStaffedGarage(ctx);
  await sandbox.addLine(lineOf(garage));
  const advisor = `advisor@${garage.slug}.test`;
  const page = await open(advisor, "/voice");
  await page.getByRole("heading", { level: 1, name: "Voice Dashboard" }).waitFor();
  await expect.poll(() => page.title()).toContain("Voice Dashboard");
  await page.getByRole("link", { name: "Voice Dashboard" }).first().waitFor();
  const [live, log, callBacks] = ["On the phone now", "Call log", "Calls to return"].map((title) =>
    card(page, title),
  );
  if (!live || !log || !callBacks) throw new Error("no cards");
  await live.getByText("No call at the moment.").waitFor();

  // It rings: who, since when, and at which level; and it ends by itself.
  const from = "+447700900621";
  const call = await sandbox.call({ line: garage.slug, from });
  await live.getByText("07700 900621").waitFor();
  await live.getByText(/^Level 3/).waitFor();
  await live
    .getByRole("timer")
    .filter({ hasText: /^\d:\d\d$/ })
    .waitFor();
  await sandbox.say(call.id, "It is Morag Sutherland. My battery is flat, please ring me back.");
  await sandbox.hangUp(call.id, {});
  await live.getByText("No call at the moment.").waitFor();
  await page.getByText(/^Taking messages only since \d\d:\d\d: out of credits$/).waitFor();

  // The same number again: one row. The other was said, not sent.
  await sandbox.playCall({ line: garage.slug, from, says: ["It is Morag again."], seconds: 20 });
  const morag = callBacks.getByRole("listitem").filter({ hasText: "rang twice" });
  await morag.getByText("Morag").first().waitFor();
  await sandbox.playCall({ line: garage.slug, from: "+447700900622", says: ["I am Joe."], seconds: 20 });
  const summary = card(page, "Today and this week");
  await summary.getByRole("row", { name: /^Message-taker 3 3$/ }).waitFor();
  await summary.getByText(/^Calls to return: 3 waiting, the longest for/).waitFor();

  // The log: filtered, searched, and kept in the address with the call that is open; the row gets the focus back.
  await log.getByRole("button", { name: "Message-taker" }).click();
  await log.getByRole("searchbox").fill("flat battery");
  await expect.poll(() => log.getByRole("row").count(), PATIENCE).toBe(2);
  const row = log.getByRole("row").filter({ hasText: "07700 900621" });
  const answeredBy = row.getByRole("cell").last();
  await answeredBy.getByText("degradation reason: credit-exhaustion").waitFor();
  await answeredBy.getByText("To ring back").waitFor();
  await row.getByRole("button").press("Enter");
  const panel = page.getByRole("dialog");
  await panel.getByText("It is Morag Sutherland. My battery is flat").waitFor();
  await panel.getByText("The credits had run out before this call came in").waitFor();
  await expect
    .poll(() => page.url())
    .toMatch(/\?filter=message-taker&search=flat\+battery&call=[0-9a-f-]{36}$/);
  expect(await axeFindings(page)).toEqual([]);
  await page.reload();
  await panel.getByText("It is Morag Sutherland. My battery is flat").waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => page.url(), PATIENCE).toMatch(/\?filter=message-taker&search=flat\+battery$/);
  // The address is first: until the panel is gone, a row behind it takes no key.
  await panel.waitFor({ state: "hidden" });
  await row.getByRole("button").press("Enter");
  await panel.waitFor();
  await page.keyboard.press("Escape");
  await expect
    .poll(() => row.getByRole("button").evaluate((one) => one === document.activeElement))
    .toBe(true);

  // Rung back by keyboard: asked what became of it, then done, and the next row has the focus.
  allow(/Failed to launch 'tel:/);
  await morag.getByRole("button", { name: "Assign to me" }).press("Enter");
  await expect
    .poll(() =>
      morag.getByRole("combobox").evaluate((one: HTMLSelectElement) => one.selectedOptions[0]?.text),
    )
    .toBe(`${garage.slug} advisor (me)`);
  await morag.getByRole("link", { name: /^Ring .*07700 900621$/ }).press("Enter");
  await morag.getByRole("group", { name: /^What became of the call to/ }).waitFor();
  await morag.getByRole("button", { name: "No answer" }).press("Enter");
  await morag.getByRole("list", { name: "Attempts" }).getByText(`${garage.slug} advisor`).waitFor();
  await morag.getByRole("button", { name: "Log attempt" }).press("Enter");
  await morag.getByRole("button", { name: "Spoke to them" }).press("Enter");
  const next = callBacks.getByRole("listitem").filter({ hasText: "07700 900622" });
  await expect.poll(() => next.evaluate((one) => one === document.activeElement), PATIENCE).toBe(true);
  await callBacks.getByText("Returned (1)").waitFor();

  // By mistake.
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await morag.getByRole("link", { name: /^Ring/ }).waitFor();
  const attempts = morag.getByRole("list", { name: "Attempts" }).getByRole("listitem");
  await expect.poll(() => attempts.count(), PATIENCE).toBe(1);
  expect(await axeFindings(page)).toEqual([]);

  await next.getByRole("button", { name: "Text back" }).click();
  await page.waitForURL(/\/messages\/[0-9a-f-]{36}$/);
});
