import { statSync } from "node:fs";
import path from "node:path";
import type { Browser } from "@playwright/test";
import { LETTERS, type LetterName } from "@/lib/mail/letters";
import type { Place } from "@/lib/mail/letters/letter";
import { renderLetter } from "@/lib/mail/render-letter";
import { LETTER_SAMPLES } from "../factories/letters";
import { emptyOfPictures } from "./folder";

const PLACE: Place = {
  orgName: "Brightside Motors",
  now: new Date("2026-11-25T12:00:00Z"),
  billing: (card) => `https://app.torqueflow.test/settings/billing#${card}`,
  notifications: "https://app.torqueflow.test/settings/notifications",
};
const LOOKS = [
  { width: 680, scheme: "light" },
  { width: 360, scheme: "dark" },
] as const;

/** Pictures of every letter, at a desktop's width in light and at a phone's in dark. They need no running demo. */
export async function takeMails(browser: Browser, folder: string): Promise<void> {
  emptyOfPictures(folder);
  let bytes = 0;
  const names = Object.keys(LETTERS) as LetterName[];
  for (const name of names)
    for (const look of LOOKS) bytes += await take(browser, name, look, path.join(folder, name));
  const count = names.length * LOOKS.length;
  console.log(`${count} pictures, ${(bytes / 1_000_000).toFixed(1)} MB, in ${folder}`);
}

async function take(
  browser: Browser,
  name: LetterName,
  { width, scheme }: (typeof LOOKS)[number],
  file: string,
): Promise<number> {
  const { html } = await renderLetter(
    LETTERS[name].compose(LETTER_SAMPLES[name], PLACE),
    "mailto:support@torqueflow.test",
  );
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 300 } });
  const page = await context.newPage();
  await page.setContent(html);
  const picture = `${file}-${width}-${scheme}.png`;
  await page.screenshot({ path: picture, fullPage: true });
  await context.close();
  return statSync(picture).size;
}
