import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { CHROMIUM_ARGS, requireChromium } from "@/scripts/lib/chromium.mjs";
import { sharedApp } from "./app";
import { browserCookies } from "./session-cookie";
import { type SignedIn, signIn } from "./sign-in";

/** The machine may be busy: what a page is to show may take this long. */
export const PATIENCE = { timeout: 20_000 };

type Look = { readonly scheme?: "light" | "dark"; readonly width?: number };

const members = new Map<string, Promise<SignedIn>>();

/** Each account signs in once in a file. */
export function memberOf(email: string): Promise<SignedIn> {
  const known = members.get(email) ?? signIn(email);
  members.set(email, known);
  return known;
}

async function contextOf(browser: Browser, email: string | null, look: Look): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: sharedApp().url,
    colorScheme: look.scheme ?? "light",
    locale: "en-GB",
    reducedMotion: "reduce",
    viewport: { width: look.width ?? 1_280, height: 900 },
  });
  context.setDefaultTimeout(PATIENCE.timeout);
  if (email === null) return context;
  const { cookie } = await memberOf(email);
  await context.addCookies(browserCookies(cookie, sharedApp().url));
  return context;
}

/**
 * One browser for a file. A test fails for whatever its pages print as an error: scripts that throw, requests that
 * fail and everything that the Content-Security-Policy refuses; `allow` names what the test itself provokes.
 */
export function openBrowser() {
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const errors: string[] = [];
  const allowed: RegExp[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: requireChromium(), args: CHROMIUM_ARGS });
  });
  afterAll(() => browser?.close());
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
    page.on("pageerror", (error) => errors.push(`${error} (${page.url()})`));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
    });
    return page;
  }

  async function newPage(email: string | null, look: Look = {}): Promise<Page> {
    const context = await contextOf(browser, email, look);
    contexts.push(context);
    return newTab(context);
  }

  return {
    newPage,
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

/** What axe finds against WCAG 2.2 AA and its own best practices, in short. */
export async function axeFindings(page: Page): Promise<string[]> {
  if (page.frames().length > 1) throw new Error("axe is asked of the page alone, and this one has frames");
  // Else axe opens a page of its own for each question, to put the answers of frames together.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary ?? ""}`),
  );
}

/** The same in the light scheme and in the dark one. With reduced motion, as here, a change of scheme is there at once. */
export async function axeFindingsInBothSchemes(page: Page): Promise<Record<"light" | "dark", string[]>> {
  const findings = async (colorScheme: "light" | "dark") => {
    await page.emulateMedia({ colorScheme });
    return axeFindings(page);
  };
  return { light: await findings("light"), dark: await findings("dark") };
}

export const NO_FINDINGS = { light: [], dark: [] };
