import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import axe from "axe-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { closePool } from "@/lib/db/pool";
import { processWide } from "@/lib/shared/process-wide";
import { CHROMIUM_ARGS, requireChromium } from "@/scripts/lib/chromium.mjs";
import { sharedApp } from "./app";
import { browserCookies } from "./session-cookie";
import { type SignedIn, withSession } from "./sign-in";
import { waitForReact } from "./taken-over";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** The machine may be busy: what a page is to show may take this long. */
export const PATIENCE = { timeout: 20_000 };

type Look = { readonly scheme?: "light" | "dark"; readonly width?: number };

const members = processWide("test-members", () => new Map<string, Promise<SignedIn>>());

/** Each account has one session in a file. */
export function memberOf(email: string): Promise<SignedIn> {
  const known = members().get(email) ?? withSession(email);
  members().set(email, known);
  return known;
}

async function contextOf(browser: Browser, email: string | null, look: Look): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: sharedApp().url,
    colorScheme: look.scheme ?? "light",
    locale: "en-GB",
    reducedMotion: "reduce",
    // Each context asks for every script anew: compressing them for a browser beside it would cost a tenth of all its tests.
    extraHTTPHeaders: { "accept-encoding": "identity" },
    viewport: { width: look.width ?? 1_280, height: 900 },
  });
  context.setDefaultTimeout(PATIENCE.timeout);
  if (email === null) return context;
  const { cookie } = await memberOf(email);
  await context.addCookies(browserCookies(cookie, sharedApp().url));
  return context;
}

/** It serves the files of its process one after the other, and ends with it: one for each would cost a second of two cores. */
let shared: Browser | undefined;

async function processBrowser(): Promise<Browser> {
  if (!shared?.isConnected())
    shared = await chromium.launch({ executablePath: requireChromium(), args: CHROMIUM_ARGS });
  return shared;
}

/**
 * The browser, for a file. A test fails for whatever its pages print as an error: scripts that throw, requests that
 * fail and everything that the Content-Security-Policy refuses; `allow` names what the test itself provokes.
 */
export function openBrowser() {
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const errors: string[] = [];
  const allowed: RegExp[] = [];

  beforeAll(async () => {
    browser = await processBrowser();
  });
  afterAll(closePool);
  beforeEach(() => {
    errors.length = 0;
    allowed.length = 0;
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    expect(errors.filter((text) => !allowed.some((pattern) => pattern.test(text)))).toEqual([]);
  });

  async function newTab(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    waitForReact(page);
    page.on("pageerror", (error) => errors.push(`${error} (${page.url()})`));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
    });
    return page;
  }

  const seen = new Map<string, Promise<Page>>();
  afterAll(async () => {
    for (const page of seen.values()) await (await page).context().close();
  });

  async function newPage(email: string | null, look: Look = {}): Promise<Page> {
    const context = await contextOf(browser, email, look);
    contexts.push(context);
    return newTab(context);
  }

  return {
    newPage,
    /** A page as a member sees it that tests of the file share: they look at it and leave it as it is. */
    look: (email: string, path: string): Promise<Page> => {
      const key = `${email} ${path}`;
      const load = async () => {
        const page = await newTab(await contextOf(browser, email, {}));
        await page.goto(path);
        return page;
      };
      const page = seen.get(key) ?? load();
      seen.set(key, page);
      return page;
    },
    /** Another tab of the same browser. */
    newTabBeside: (page: Page) => newTab(page.context()),
    allow: (pattern: RegExp) => void allowed.push(pattern),
    /** Opens a page as a member, or as nobody. */
    open: async (email: string | null, path: string, look: Look = {}): Promise<Page> => {
      const page = await newPage(email, look);
      await page.goto(path);
      return page;
    },
  };
}

/** A card of the billing page by its heading. */
export const card = (page: Page, title: string) => page.getByRole("region", { name: title, exact: true });

/** Waits until a text can be seen. */
export const shows = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

type Rules = Pick<axe.RunOptions, "runOnly" | "rules">;

/** What axe finds against WCAG 2.2 AA and its own best practices, in short. */
export async function axeFindings(page: Page, rules: Rules = {}): Promise<string[]> {
  if (page.frames().length > 1) throw new Error("axe is asked of the page alone, and this one has frames");
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const options: axe.RunOptions = { resultTypes: ["violations"], ...rules };
  const { violations } = await page.evaluate((given) => window.axe.run(document, given), options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary ?? ""}`),
  );
}

/** axe's rules of WCAG 2.2 AA that look at colours: nothing else of a page differs between its schemes. */
const OF_COLOUR = ["color-contrast", "link-in-text-block"];
const COLOURS_ALONE: Rules = { runOnly: { type: "rule", values: OF_COLOUR } };
const ALL_BUT_COLOURS: Rules = {
  rules: Object.fromEntries(OF_COLOUR.map((rule) => [rule, { enabled: false }])),
};

/** The same, and what is wrong in the dark scheme alone. With reduced motion, as here, a change of scheme is there at once. */
export async function axeFindingsInBothSchemes(page: Page): Promise<Record<"light" | "dark", string[]>> {
  await page.emulateMedia({ colorScheme: "light" });
  const light = await axeFindings(page);
  await page.emulateMedia({ colorScheme: "dark" });
  return { light, dark: await axeFindings(page, COLOURS_ALONE) };
}

export const NO_FINDINGS = { light: [], dark: [] };

/** The widths of a desk and of a phone. */
export const DESK = 1_280;
export const PHONE = 360;

/**
 * Nothing for axe in either scheme, and one direction to scroll in, at each of the widths. Colours, which are four fifths of
 * what axe costs, are looked at in both schemes at the first width alone.
 */
export async function expectAccessible(page: Page, widths: readonly number[]): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth), { message: `at ${width}` })
      .toBeLessThanOrEqual(width);
    if (width === widths[0]) expect(await axeFindingsInBothSchemes(page), `at ${width}`).toEqual(NO_FINDINGS);
    else expect(await axeFindings(page, ALL_BUT_COLOURS), `at ${width}`).toEqual([]);
  }
}
