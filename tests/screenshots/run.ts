/** Pictures of every state, started by scripts/screenshots.mjs. Small PNGs at a phone's and a desktop's width. */
import { statSync } from "node:fs";
import path from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { CHROMIUM_ARGS, requireChromium } from "@/scripts/lib/chromium.mjs";
import { fromRoot } from "@/scripts/lib/environment.mjs";
import { Advice } from "@/scripts/lib/log.mjs";
import { createClient } from "../sandbox/client";
import { BUYER, beDeclined, buy, DECLINED, topUp } from "./buy";
import { emptyOfPictures } from "./folder";
import { takeMails } from "./mails";
import { PICTURES, type Picture, TOP_UP_FAILED } from "./pictures";
import { play } from "./play";

const url = process.env.SCREENSHOTS_URL ?? "";
const folder = fromRoot("docs", "screenshots");
const PASSWORD = "torqueflow-demo";
const PATIENCE_MS = 60_000;

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;
const signedIn = new Map<string, Cookies>();

/** Each account signs in once: sign-in is rate limited. */
async function cookiesOf(browser: Browser, email: string): Promise<Cookies> {
  const known = signedIn.get(email);
  if (known) return known;
  const context = await browser.newContext({ baseURL: url });
  const headers = { origin: new URL(url).origin, "x-forwarded-for": `10.30.0.${signedIn.size + 1}` };
  const data = { email, password: PASSWORD };
  const response = await context.request.post("/api/auth/sign-in/email", { data, headers });
  if (!response.ok()) throw new Advice(`${email} could not sign in: ${response.status()}`);
  const cookies = await context.cookies();
  signedIn.set(email, cookies);
  await context.close();
  return cookies;
}

/** Everything has arrived and nothing moves. */
async function settle(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForFunction(() => document.querySelector("[aria-busy=true]") === null);
  await page.evaluate(() => document.fonts.ready);
  const trend = page.locator("#trend");
  const drawn = trend.locator("svg.recharts-surface").or(trend.getByText("No credits used yet this cycle"));
  if (await trend.count()) await drawn.first().waitFor();
  await shown(page);
}

/** Nothing is a placeholder any more. */
const shown = (page: Page) =>
  page.waitForFunction(() => document.querySelector(".animate-breathe:not(.hidden)") === null);

async function actAs(email: string, browser: Browser, act: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ baseURL: url });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addCookies(await cookiesOf(browser, email));
  await act(await context.newPage());
  await context.close();
}

async function take(browser: Browser, picture: Picture): Promise<number> {
  const { name, email, path: where, width, scheme, open } = picture;
  const context = await browser.newContext({
    baseURL: url,
    colorScheme: scheme,
    locale: "en-GB",
    reducedMotion: "reduce",
    viewport: { width, height: width < 600 ? 740 : 800 },
  });
  context.setDefaultTimeout(PATIENCE_MS);
  if (email) await context.addCookies(await cookiesOf(browser, email));
  const page = await context.newPage();
  await page.goto(where);
  await settle(page);
  if (open) await page.locator(open).first().click();
  if (open) await page.getByRole("heading", { level: 2 }).last().waitFor();
  await shown(page);
  const file = path.join(folder, `${name}-${width}-${scheme}.png`);
  const fullPage = where !== "/voice"; // the call log is long
  await page.screenshot({ path: file, fullPage, animations: "disabled", caret: "hide" });
  await context.close();
  return statSync(file).size;
}

async function main(): Promise<void> {
  const browser = await chromium.launch({ executablePath: requireChromium(), args: CHROMIUM_ARGS });
  try {
    if (process.argv.includes("--mail")) await takeMails(browser, path.join(folder, "mail"));
    else await takePages(browser);
  } finally {
    await browser.close();
  }
}

async function takePages(browser: Browser): Promise<void> {
  const providers = process.env.PROVIDERS_URL ?? "";
  const plays = process.argv.includes("--play");
  if (plays && !providers) throw new Advice("--play needs the demo's providers: name them as PROVIDERS_URL.");
  if (plays) {
    const sandbox = createClient(providers);
    await play(sandbox);
    await actAs(BUYER, browser, async (page) => {
      await buy(page, sandbox);
      await topUp(page);
    });
  }
  emptyOfPictures(folder);
  let bytes = 0;
  for (const picture of PICTURES) bytes += await take(browser, picture);
  // Last: this garage was pictured as it had been before.
  if (plays) {
    await actAs(DECLINED, browser, (page) => beDeclined(page, createClient(providers)));
    for (const picture of TOP_UP_FAILED) bytes += await take(browser, picture);
  }
  const count = PICTURES.length + (plays ? TOP_UP_FAILED.length : 0);
  console.log(`${count} pictures, ${(bytes / 1_000_000).toFixed(1)} MB, in ${folder}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Advice ? error.message : error);
  process.exitCode = 1;
});
