import { setTimeout as wait } from "node:timers/promises";
import type { Browser, CDPSession } from "@playwright/test";
import { browserCookies } from "@/tests/support/session-cookie";
import type { Served } from "./page-time";

export type Script = { readonly name: string; readonly bytes: number };

/**
 * What a page loads with a cold cache, as gzip bytes of bodies on the wire. `first`: scripts named in the page's HTML, by
 * elements or in the data from which it hydrates. `all`: these, and what they ask for until nothing more comes.
 */
export type PageScripts = { readonly first: readonly Script[]; readonly all: readonly Script[] };

/** The server sends what is smaller as it is. */
const NOT_WORTH_GZIP = 1_100;
const QUIET_MS = 1_000;

/** `shown`: what stands in the page once its lazy parts have come. */
export async function loadScripts(
  browser: Browser,
  { url, cookie }: Served,
  { path, shown }: { readonly path: string; readonly shown: string },
): Promise<PageScripts> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1_280, height: 900 } });
  try {
    if (cookie) await context.addCookies(browserCookies(cookie, url));
    const page = await context.newPage();
    const traffic = await watchScripts(await context.newCDPSession(page));
    const html = await (await page.goto(path))?.text();
    await page.locator(shown).first().waitFor();
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    const all = await traffic.whenQuiet();
    return { all, first: all.filter(({ name }) => html?.includes(name)) };
  } finally {
    await context.close();
  }
}

/** Counts what Chromium received of each script: `encodedDataLength` at the end, less the headers at the start. */
async function watchScripts(cdp: CDPSession): Promise<{ whenQuiet: () => Promise<Script[]> }> {
  const loading = new Map<string, { name: string; headers: number; isPlain?: boolean }>();
  const loaded: Script[] = [];
  let changedAt = performance.now();
  const changed = (): void => {
    changedAt = performance.now();
  };
  cdp.on("Network.requestWillBeSent", ({ requestId, request }) => {
    const { pathname } = new URL(request.url);
    if (!pathname.endsWith(".js")) return;
    loading.set(requestId, { name: pathname.slice(pathname.lastIndexOf("/") + 1), headers: 0 });
    changed();
  });
  cdp.on("Network.responseReceived", ({ requestId, response }) => {
    const script = loading.get(requestId);
    if (!script) return;
    const encoding = Object.entries(response.headers).find(([name]) => /^content-encoding$/i.test(name))?.[1];
    script.headers = response.encodedDataLength;
    script.isPlain = encoding !== "gzip";
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const script = loading.get(requestId);
    if (!script) return;
    loading.delete(requestId);
    const bytes = encodedDataLength - script.headers;
    if (script.isPlain && bytes > NOT_WORTH_GZIP) throw new Error(`${script.name} came without gzip`);
    loaded.push({ name: script.name, bytes });
    changed();
  });
  await cdp.send("Network.enable");
  const whenQuiet = async (): Promise<Script[]> => {
    while (loading.size > 0 || performance.now() - changedAt < QUIET_MS) await wait(QUIET_MS / 10);
    return loaded;
  };
  return { whenQuiet };
}
