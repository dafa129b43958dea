import type { Page } from "@playwright/test";

/**
 * Whether React has every field and button of a page, and has had them for some frames: until then it may set a field's text, and
 * its cursor, itself. A page that is none of React's has nothing to wait for.
 */
const isTakenOver = (): boolean => {
  const page = window as { takenOverFrames?: number };
  const controls = [...document.querySelectorAll("button, input, select, textarea")];
  const isOfReact = (control: Element) => Object.keys(control).some((key) => key.startsWith("__reactProps"));
  const hasAll = !("__next_f" in window) || controls.every(isOfReact);
  page.takenOverFrames = hasAll ? (page.takenOverFrames ?? 0) + 1 : 0;
  return page.takenOverFrames > 3;
};

/**
 * What a test does to a page is done as somebody would who sees it before them, a moment after it is there. What is pressed
 * earlier has tests of its own: they say what they wait for (`waitUntil`).
 */
export function waitForReact(page: Page): void {
  const open = page.goto.bind(page);
  const reload = page.reload.bind(page);
  const afterwards = async <Answer>(answer: Answer): Promise<Answer> => {
    await page.waitForFunction(isTakenOver);
    return answer;
  };
  page.goto = async (url, options) =>
    options?.waitUntil ? open(url, options) : open(url, options).then(afterwards);
  page.reload = async (options) => reload(options).then(afterwards);
}
