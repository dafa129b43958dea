// What stands where a page cannot: our words and a way out, with the navigation around it where that is possible.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sharedApp } from "../support/app";
import { type RunningService, startApp } from "../support/app-process";
import { axeFindings, openBrowser, shows } from "../support/browser";
import { type SeverableDatabase, severableDatabase } from "../support/severable-database";

const { open, newPage, allow } = openBrowser();

const WORDS = "Something went wrong on our side. Your customers are still being answered.";

describe("while the database is away", () => {
  let database: SeverableDatabase;
  let app: RunningService;
  beforeAll(async () => {
    database = await severableDatabase(sharedApp().databaseUrl);
    app = await startApp({ databaseUrl: database.url });
  });
  afterAll(async () => {
    await app?.stop();
    await database?.close();
  });

  test("a page says so inside the layout, a reload says so without it, and both lead back", async () => {
    allow(/./); // everything that a page asks for fails
    const page = await newPage("advisor@brightside.test");
    await page.goto(`${app.url}/messages`);
    await page.getByRole("heading", { level: 1, name: "Messaging Inbox" }).waitFor();
    await database.cut();
    try {
      await page.getByRole("link", { name: "Voice Dashboard" }).first().click();
      await page.getByRole("heading", { level: 1, name: "This page couldn’t be loaded" }).waitFor();
      await shows(page, WORDS);
      await expect
        .poll(() => page.getByRole("link", { name: "Messaging Inbox" }).first().isVisible())
        .toBe(true);
      await page.reload();
      await page.getByRole("heading", { level: 1, name: "This page couldn’t be loaded" }).waitFor();
      await shows(page, WORDS);
      expect(await page.getByRole("navigation").count()).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
    } finally {
      await database.restore();
    }
    await page.getByRole("button", { name: "Reload" }).click();
    await page.getByRole("heading", { level: 1, name: "Voice Dashboard" }).waitFor();
  });
});

test("an address without a page says so, and leads to the start page", async () => {
  allow(/status of 404/);
  const page = await open("advisor@brightside.test", "/nowhere");
  await page.getByRole("heading", { level: 1, name: "There is no such page" }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("link", { name: "Go to the start page" }).click();
  await page.getByRole("heading", { level: 1, name: /, Ellie$/ }).waitFor();
});
