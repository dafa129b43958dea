// From an invitation to a handled conversation, and out again; and one person in two garages.
import type { Locator, Page } from "@playwright/test";
import { beforeEach, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { prisma } from "@/lib/db/prisma";
import { givenInvitation, givenStaffedGarage, lineOf, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { request, sharedApp } from "../support/app";
import {
  axeFindingsInBothSchemes,
  card,
  NO_FINDINGS,
  openBrowser,
  PATIENCE,
  shows,
} from "../support/browser";
import { mailedLink } from "../support/mailed-link";
import { withinASecond } from "../support/within-a-second";

const { open, newTabBeside, allow } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);
const ctx = systemContext("test");
const FROM = "+447700900642";

let garage: StaffedGarage;
beforeEach(async () => {
  garage = await givenStaffedGarage(ctx);
});

/** What a page shows is gone within a second, counted in looks: each asks the application as well, which may be busy. */
const goneWithinASecond = (shown: Locator) =>
  withinASecond(async () => {
    await request("/api/health");
    await expect.poll(() => shown.count()).toBe(0);
  });

const pathOf = (page: Page) => new URL(page.url()).pathname;

describe("a team", () => {
  test("an invited advisor joins without an account, answers a customer, and is out within a second of their removal", async () => {
    allow(/status of 40[139]/); // what is being read while the advisor is removed
    const email = `sam@${garage.slug}.example.test`;
    await sandbox.addLine(lineOf(garage));
    await sandbox.sms({ line: garage.slug, from: FROM, text: "Is the Fiesta ready yet?" });

    const owner = await open(garage.owner, "/settings/team");
    await shows(owner, "You are the only owner.");
    expect(await axeFindingsInBothSchemes(owner)).toEqual(NO_FINDINGS);
    await owner.getByRole("button", { name: "Invite", exact: true }).click();
    const dialog = owner.getByRole("dialog");
    await dialog.getByRole("button", { name: "Send invitation" }).click();
    await shows(owner, "Enter an email address");
    await dialog.getByLabel("Email address").fill(` ${email.toUpperCase()} `);
    await dialog.getByRole("radio", { name: /^Advisor/ }).check();
    await dialog.getByRole("button", { name: "Send invitation" }).click();
    await card(owner, "Invitations").getByText(email).waitFor();

    const advisor = await open(null, "/");
    const link = await mailedLink(email, "/invitation");
    await advisor.goto(link.href);
    await shows(advisor, `Join ${garage.name}`);
    await advisor.setViewportSize({ width: 360, height: 740 });
    expect(await axeFindingsInBothSchemes(advisor)).toEqual(NO_FINDINGS);
    await advisor.setViewportSize({ width: 1_280, height: 900 });
    await advisor.getByLabel("Your name").fill("Sam New");
    await advisor.getByLabel("Password").fill("walrus-tandem-inkwell");
    await advisor.getByRole("button", { name: "Join and sign in" }).click();
    await advisor
      .getByRole("link", { name: /^Messaging Inbox/ })
      .first()
      .click();
    await advisor.getByRole("link").filter({ hasText: "07700 900642" }).click();
    await advisor.getByRole("textbox", { name: /^Reply to/ }).fill("It is ready.");
    await advisor
      .locator("button:not([aria-pressed])")
      .filter({ hasText: /^Send$/ })
      .click();
    const got = async () => (await sandbox.customer(garage.slug, FROM)).messages.map(({ text }) => text);
    await expect.poll(got, PATIENCE).toContain("It is ready.");

    await card(owner, "Members").getByText("Sam New").waitFor();
    await owner.getByRole("button", { name: "Manage Sam New" }).click();
    await owner.getByRole("menuitem", { name: "Remove from team" }).click();
    await owner.getByRole("dialog").getByRole("button", { name: "Remove from team" }).click();
    await shows(owner, "Sam New is no longer in your team");
    await goneWithinASecond(advisor.getByRole("link", { name: /^Messaging Inbox/ }));
    await expect.poll(() => pathOf(advisor), PATIENCE).toBe("/no-garage");
    await expect.poll(() => card(owner, "Members").getByText("Sam New").count(), PATIENCE).toBe(0);
    await advisor.goto(link.href);
    await shows(advisor, "This invitation has been accepted");
  });

  test("the last owner is not led to leave, and is told why where they would", async () => {
    const owner = await open(garage.owner, "/settings/team", { width: 360 });
    await card(owner, "Members").getByText("You", { exact: true }).waitFor();
    await expect
      .poll(() => owner.getByRole("button", { name: `Manage ${garage.slug} owner` }).count())
      .toBe(0);
    await owner.goto("/settings/account");
    await shows(owner, "You are the only owner.");
    await expect.poll(() => owner.getByRole("button", { name: "Leave garage" }).count()).toBe(0);
  });
});

test("an invited person signs in on the way and is in two garages: a tab that shows the other one says so and goes on with its own, and out of one leads to the other", async () => {
  allow(/status of 40[39]/); // what is being read while the garage changes
  const second = await givenStaffedGarage(ctx);
  const email = garage.manager;
  const { id: userId } = await prisma().user.findUniqueOrThrow({ where: { email: second.owner } });
  await givenInvitation(ctx, { orgId: second.orgId, userId, email });
  const shownIn = (tab: Page, { name }: StaffedGarage) =>
    tab.getByRole("button", { name: `Garage: ${name}. Switch garage` }).first();
  const noticeIn = (tab: Page, { name }: StaffedGarage) =>
    tab.getByRole("dialog", { name: `You are working for ${name} now` });

  const { href } = await mailedLink(email, "/invitation");
  const other = await open(null, href);
  await shows(other, `Join ${second.name}`);
  await shows(other, /has an account: sign in with it, and you come back here\.$/);
  expect(await axeFindingsInBothSchemes(other)).toEqual(NO_FINDINGS);
  await other.getByRole("link", { name: "Sign in" }).click();
  await other.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
  await other.getByLabel("Email").fill(email);
  await other.getByLabel("Password").fill("torqueflow-demo");
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  const accept = other.getByRole("button", { name: "Accept the invitation" });
  await accept.waitFor();
  const one = await newTabBeside(other);
  await one.goto("/settings/team");
  await card(one, "Members").waitFor();
  await accept.click();
  await shownIn(other, second).waitFor();

  // The tab of the first garage keeps what it shows, and so does the other one in its turn.
  await noticeIn(one, second).waitFor();
  await card(one, "Members").getByText("4 people").waitFor();
  await noticeIn(one, second)
    .getByRole("button", { name: `Go on with ${garage.name}` })
    .click();
  await expect.poll(() => noticeIn(one, second).count(), PATIENCE).toBe(0);
  await noticeIn(other, garage)
    .getByRole("button", { name: `Reload for ${garage.name}` })
    .click();
  await shownIn(other, garage).click();
  await other.getByRole("menuitemradio", { name: second.name }).click();
  await shownIn(other, second).waitFor();
  await noticeIn(one, second)
    .getByRole("button", { name: `Go on with ${garage.name}` })
    .click();
  await noticeIn(other, garage).waitFor();

  const owner = await open(garage.owner, "/settings/team");
  await owner.getByRole("button", { name: `Manage ${garage.slug} manager` }).click();
  await owner.getByRole("menuitem", { name: "Remove from team" }).click();
  await owner.getByRole("dialog").getByRole("button", { name: "Remove from team" }).click();
  await shows(owner, `${garage.slug} manager is no longer in your team`);
  await goneWithinASecond(card(one, "Members"));
  await shows(one, `You are no longer in the team of ${garage.name}`);
  await one.getByRole("button", { name: `Go on with ${second.name}` }).click();
  await one
    .getByRole("link", { name: /^Messaging Inbox/ })
    .first()
    .waitFor();
});
