// The browser of tests/e2e and of the screenshots: Debian's Chromium without windows, or whichever is installed.
import { existsSync } from "node:fs";
import path from "node:path";
import { fromRoot } from "./environment.mjs";
import { Advice } from "./log.mjs";
import { run } from "./run.mjs";

/** Has no windows to draw around a page: each page costs it a quarter of what it costs the others. */
const SHELL = "chromium-headless-shell";
const NAMES = [SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Parts of the address bar, each a page of its own that starts with every page of ours: half of what a page costs. */
const ADDRESS_BAR = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"];
/** What Playwright switches off itself: of two such switches the browser obeys the last alone. */
const PLAYWRIGHT = [
  ...["AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"],
  ...["HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"],
  ...["ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"],
  ...["NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"],
];

/** What a browser in a container needs; our pages are the only ones it opens. */
export const CHROMIUM_ARGS = [
  ...["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  `--disable-features=${[...PLAYWRIGHT, ...ADDRESS_BAR].join(",")}`,
];

const onPath = (name) =>
  (process.env.PATH ?? "")
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));

/** @returns {string | undefined} */
function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (!chosen) return NAMES.map(onPath).find(Boolean);
  if (existsSync(chosen)) return chosen;
  throw new Advice(`CHROMIUM_PATH is ${chosen}, and there is no such file.`);
}

const advice = (why) =>
  new Advice(
    `The browser tests need Chromium, ${why}.\n` +
      "Install it with: sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium\n" +
      "or name an installed Chromium or Chrome: CHROMIUM_PATH=/path/to/chrome npm test",
  );

/** The path of the browser; where there is none, says how to get one. */
export function requireChromium() {
  const found = findChromium();
  if (found) return found;
  throw advice("and none was found");
}

/** From the lists of packages that are there, else from new ones. A mirror out of reach costs seconds, not minutes. */
async function install(name) {
  const packages = ["install", "-y", "--no-install-recommends", "--no-remove", name];
  if ((await aptGet(...packages)).code === 0) return;
  for (const args of [["update"], packages]) {
    const { code, output } = await aptGet(...args);
    if (code !== 0) throw advice(`and apt-get ${args[0]} failed:\n${output.trim().slice(-600)}`);
  }
}

function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const patience = ["-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1"];
  return run([...patience, ...args], { command: "apt-get", env });
}

/**
 * Installs what the browser tests run fastest with, where we may: as root, with apt. Where it cannot be had another browser
 * will do; without any this says how to get one.
 */
export async function ensureChromium(log) {
  const found = findChromium();
  if (process.env.CHROMIUM_PATH || onPath(SHELL) || !existsSync(fromRoot("tests", "e2e"))) return;
  if (process.getuid?.() !== 0 || !onPath("apt-get")) return requireChromium();
  await log.step("Installing Chromium for the browser tests", () =>
    install(SHELL).catch(() => found ?? install("chromium")),
  );
}
