/**
 * Makes an element. Text is always set as text, never as markup, so nothing that a customer or the application wrote
 * can become part of the page.
 * @param {string} tag
 * @param {Record<string, unknown>} attributes `on…` are listeners; false, null and undefined are left out
 * @param {...(Node | string | null | undefined | false)} children
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });

export const timeOf = (iso) => clock.format(new Date(iso));

/** The time, with the day in front unless it is today. */
export function whenOf(iso) {
  const date = new Date(iso);
  const short = timeOf(iso).slice(0, 5);
  return date.toDateString() === new Date().toDateString() ? short : `${day.format(date)}, ${short}`;
}

let noticeTimer;

/** One line that is also read out. */
export function notice(text, isProblem = false) {
  const line = byId("notice");
  line.textContent = text;
  line.hidden = text === "";
  line.classList.toggle("problem", isProblem);
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => {
    line.hidden = true;
  }, 6000);
}

/** Runs what a person asked for; what goes wrong is said. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    notice(error instanceof Error ? error.message : String(error), true);
    return undefined;
  }
}

/** Calls at most once every few moments, however often it is asked. */
export function debounced(work, ms = 80) {
  let isPlanned = false;
  return () => {
    if (isPlanned) return;
    isPlanned = true;
    setTimeout(() => {
      isPlanned = false;
      work();
    }, ms);
  };
}
