// What happens elsewhere shows on an open page, without reload.
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { grantCredits } from "@/lib/credits/grant-credits";
import { closePool } from "@/lib/db/pool";
import { credits } from "@/lib/shared/money";
import { givenStaffedGarage, lineOf, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { card, openBrowser, PATIENCE, shows } from "../support/browser";

const { newPage, open } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);

const BILLING = "/settings/billing";
const ctx = systemContext("test");

afterAll(closePool);

let garage: StaffedGarage;
const advisor = () => `advisor@${garage.slug}.test`;

async function givenOpenGarage(allowance: number): Promise<void> {
  garage = await givenStaffedGarage(ctx, { allowance });
  await sandbox.addLine(lineOf(garage));
}

/** The page's scripts wait: its blocks stand as the server read them, and can follow nothing yet. */
async function withScriptsHeld(email: string) {
  const page = await newPage(email);
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route("**/_next/static/**/*.js", (route) => held.then(() => route.continue()));
  return { page, letGo };
}

describe("a garage with credits", () => {
  beforeEach(() => givenOpenGarage(1_000));

  test("a call moves the balance and the usage on two open pages, which agree", async () => {
    const page = await open(garage.owner, BILLING);
    const other = await open(garage.manager, BILLING);
    const number = page.getByTestId("balance");
    const before = Number((await number.textContent())?.replaceAll(",", ""));
    const voice = card(page, "Usage This Cycle").locator("li", { hasText: "Voice" });
    const callsBefore = Number.parseInt(await voice.innerText().then((text) => text.replace(/\D+/, "")), 10);
    await page.evaluate(() => document.body.setAttribute("data-same-page", ""));
    await sandbox.playCall({
      line: garage.slug,
      from: "+447700900601",
      says: ["Can you book my Golf in for an MOT on Friday?"],
      seconds: 60,
    });
    const now = async () => Number((await number.textContent())?.replaceAll(",", ""));
    await expect.poll(now, PATIENCE).toBeLessThan(before);
    await expect
      .poll(async () => Number.parseInt((await voice.innerText()).replace(/\D+/, ""), 10), PATIENCE)
      .toBe(callsBefore + 1);
    await expect
      .poll(
        async () => (await other.getByTestId("balance").textContent()) === (await number.textContent()),
        PATIENCE,
      )
      .toBe(true);
    await expect.poll(() => page.locator("body[data-same-page]").count()).toBe(1);
  });

  test("The gauge's maximum is the allowance: purchased and gifted credits push the total above 100%", async () => {
    const page = await open(garage.owner, BILLING);
    await page.getByTestId("balance").waitFor();
    const { orgId } = garage;
    await grantCredits(ctx, { orgId, kind: "purchased", amount: credits(500), key: "e2e:purchase" });
    await card(page, "Credit Balance").getByText("150% of 1,000", { exact: true }).waitFor();
    await card(page, "Credit Balance").getByText("(no expiry)").waitFor();
    await card(page, "Credit Balance").getByText("Credits healthy", { exact: true }).waitFor();
  });

  test("a page that has come is not read again, unless something has changed since", async () => {
    const page = await open(garage.owner, BILLING);
    const read: string[] = [];
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith("/api/")) read.push(pathname);
    });
    // By now it is a while ago that the garage was made.
    await page.reload();
    const number = page.getByTestId("balance");
    await expect.poll(() => number.textContent()).toBe("1,000");
    await grantCredits(ctx, { orgId: garage.orgId, kind: "gifted", amount: credits(5), key: "e2e:later" });
    await expect.poll(() => number.textContent(), PATIENCE).toBe("1,005");
    // What credits do not change: asked for when the page came, as it does not come with it.
    expect(read.filter((path) => path === "/api/first-run")).toHaveLength(1);
  });

  test("what changes while a page's blocks are still on their way shows in them", async () => {
    const { page, letGo } = await withScriptsHeld(garage.owner);
    await page.goto(BILLING, { waitUntil: "commit" });
    const number = page.getByTestId("balance");
    await expect.poll(() => number.textContent()).toBe("1,000");
    const { orgId } = garage;
    await grantCredits(ctx, { orgId, kind: "gifted", amount: credits(77), key: "e2e:early" });
    letGo();
    await expect.poll(() => number.textContent(), PATIENCE).toBe("1,077");
  });
});

describe("a garage without credits", () => {
  beforeEach(() => givenOpenGarage(0));

  test("an SMS to a garage without credits is in the advisor's inbox at once, flagged with its reason", async () => {
    const page = await open(advisor(), "/messages");
    await page.getByRole("heading", { level: 1, name: "Messaging Inbox" }).waitFor();
    await sandbox.sms({ line: garage.slug, from: "+447700900602", text: "Is the Fiesta ready yet?" });
    const row = page.getByRole("link").filter({ hasText: "07700 900602" });
    await row.getByText("credit-exhaustion").waitFor();
    await row.getByText("Needs attention:").waitFor({ state: "attached" });
    await row.click();
    await shows(page, "degradation reason: credit-exhaustion");
    await page.getByRole("heading", { level: 2, name: "07700 900602" }).waitFor();
    await expect.poll(() => page.getByText("Is the Fiesta ready yet?").count()).toBeGreaterThan(0);
  });

  test("credits that come while a conversation is on its way show in it: the AI answers again", async () => {
    await sandbox.sms({ line: garage.slug, from: "+447700900606", text: "Is the Corsa ready yet?" });
    const list = await open(advisor(), "/messages");
    const row = list.getByRole("link").filter({ hasText: "07700 900606" });
    await row.getByText("credit-exhaustion").waitFor();
    const path = (await row.getAttribute("href")) ?? "";
    await list.context().close();
    const { page, letGo } = await withScriptsHeld(advisor());
    await page.goto(path, { waitUntil: "commit" });
    await page.getByText("degradation reason: credit-exhaustion").first().waitFor();
    await grantCredits(ctx, {
      orgId: garage.orgId,
      kind: "purchased",
      amount: credits(100),
      key: "live:on-its-way",
    });
    letGo();
    await expect.poll(() => page.getByText("degradation reason:").count(), PATIENCE).toBe(0);
  });

  test("WhatsApp has canned words and no AI until there are credits: the next message is answered in full again", async () => {
    const writes = { line: garage.slug, from: "+447700900605", name: "Robin Hale" };
    const got = async () =>
      (await sandbox.customer(writes.line, writes.from)).messages.filter(({ from }) => from === "garage");
    await sandbox.whatsApp(writes, { text: "Are you open on the 31st of December?" });
    const page = await open(advisor(), "/messages");
    await page.getByRole("link").filter({ hasText: "Robin Hale" }).click();
    const thread = page.getByRole("log", { name: "Messages" });
    await thread.getByText("Hi! We’ve received your message").waitFor();
    await shows(page, "degradation reason: credit-exhaustion");
    expect(await sandbox.count({ provider: "ai", contains: "31st of December" })).toBe(0);
    await grantCredits(ctx, {
      orgId: garage.orgId,
      kind: "purchased",
      amount: credits(100),
      key: "live:pack",
    });
    await expect.poll(() => page.getByText("degradation reason:").count(), PATIENCE).toBe(0);
    await sandbox.whatsApp(writes, { text: "And what are your opening hours on the 30th?" });
    await expect.poll(async () => (await got()).length, PATIENCE).toBe(2);
    await thread.getByText((await got())[1]?.text.slice(0, 40) ?? "").waitFor();
    expect((await got())[1]?.text).not.toContain("received your message");
  });

  test("an advisor takes a conversation over, replies and hands it back", async () => {
    await sandbox.sms({ line: garage.slug, from: "+447700900603", text: "What do you charge for an MOT?" });
    const page = await open(advisor(), "/messages");
    await page.getByRole("link").filter({ hasText: "07700 900603" }).click();
    await page.getByRole("button", { name: "Take over" }).click();
    await shows(page, "With you");
    await page.getByRole("textbox", { name: /^Reply to/ }).fill("It is £45.");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await shows(page, "It is £45.");
    const sent = async () =>
      (await sandbox.customer(garage.slug, "+447700900603")).messages.some(
        ({ text }) => text === "It is £45.",
      );
    await expect.poll(sent, PATIENCE).toBe(true);
    await page.getByRole("button", { name: "Hand back" }).click();
    await shows(page, "AI paused");
  });

  test("a reply to a mechanic's question stands under the question while its page is open", async () => {
    const bench = await open(`technician@${garage.slug}.test`, "/diagnostics");
    const question = "P0299 under load, no smoke: where do I start?";
    await bench.getByRole("textbox", { name: "Your question" }).fill(question);
    await bench.getByRole("button", { name: "Ask", exact: true }).click();
    await shows(bench, "Not answered by the AI");
    const desk = await open(advisor(), "/messages");
    await desk.getByRole("link").filter({ hasText: question }).click();
    await desk.getByRole("textbox", { name: /^Reply to/ }).fill("Check the boost hose first.");
    await desk.getByRole("button", { name: "Send", exact: true }).click();
    await shows(bench, "Answered by your team");
    await bench.locator("details").filter({ hasText: question }).locator("summary").click();
    await shows(bench, "Check the boost hose first.");
  });
});
