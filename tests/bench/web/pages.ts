import { chromium } from "@playwright/test";
import { CHROMIUM_ARGS, requireChromium } from "@/scripts/lib/chromium.mjs";
import { sessionCookie } from "@/tests/support/session-cookie";
import type { Row } from "../report";
import { atMost, type WebRound } from "./family";
import { loadScripts, type Script } from "./javascript";

/** A demo organisation that has something to show on every page. */
const VIEWER = "owner@brightside.test";

const PAGES = [
  { name: "sign-in", path: "/sign-in", shown: "form button" },
  { name: "Billing", path: "/settings/billing", shown: "#trend svg.recharts-surface" },
  { name: "Messages", path: "/messages", shown: "main h1" },
] as const;

/** What a page's scripts may weigh. */
export const SCRIPT_ROWS: readonly Row<string>[] = [
  scriptRow("sign-in page: JavaScript for first paint and interaction", "sign-in, first", 165),
  scriptRow("Billing page: JavaScript for first paint and interaction", "Billing, first", 200),
  scriptRow("Billing page: JavaScript in all, with the chart", "Billing, all", 290),
  scriptRow("Messages page: JavaScript for first paint and interaction", "Messages, first", 200),
];

function scriptRow(title: string, which: string, atMostKilobytes: number): Row<string> {
  return { title: `${title}, gzip, kB`, over: `JavaScript of ${which}`, goal: atMost(atMostKilobytes) };
}

const kilobytes = (scripts: readonly Script[]): number =>
  scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000;

/** The JavaScript of each page, so many times; and the chunks of the last time by page, largest first. */
export async function weighPages(
  url: string,
  times: number,
): Promise<{ rounds: WebRound[]; chunks: string[] }> {
  const browser = await chromium.launch({ executablePath: requireChromium(), args: CHROMIUM_ARGS });
  const rounds: WebRound[] = [];
  let chunks: string[] = [];
  try {
    const cookie = await sessionCookie(url, VIEWER);
    for (let time = 0; time < times; time++) {
      chunks = [];
      for (const page of PAGES) {
        const served = { url, cookie: page.name === "sign-in" ? "" : cookie };
        const { first, all } = await loadScripts(browser, served, page);
        rounds.push({
          [`JavaScript of ${page.name}, first`]: kilobytes(first),
          [`JavaScript of ${page.name}, all`]: kilobytes(all),
        });
        chunks.push(`${page.name}: ${list(all, first)}`);
      }
    }
  } finally {
    await browser.close();
  }
  return { rounds, chunks };
}

const list = (all: readonly Script[], first: readonly Script[]): string =>
  [...all]
    .sort((a, b) => b.bytes - a.bytes)
    .map(
      (script) =>
        `${script.name} ${(script.bytes / 1_000).toFixed(1)}${first.includes(script) ? "" : " later"}`,
    )
    .join(", ");
