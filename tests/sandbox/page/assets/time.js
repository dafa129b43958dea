import { api } from "./api.js";
import { attempt, byId, notice } from "./dom.js";

const long = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: "Europe/London",
});

export function showTime(now) {
  const time = byId("now");
  time.textContent = long.format(new Date(now));
  time.dateTime = now;
}

/** Plays a day or a month for the garage that is chosen: application, worker and providers go there together. */
export function mountTime(line) {
  const buttons = [...document.querySelectorAll("[data-step]")];
  const play = async (step) => {
    for (const button of buttons) button.disabled = true;
    notice("Time passes …");
    await attempt(async () => {
      const { now } = await api.post("/clock", { step, line: line() });
      showTime(now);
      notice(`It is ${long.format(new Date(now))}.`);
    });
    for (const button of buttons) button.disabled = false;
  };
  for (const button of buttons) button.addEventListener("click", () => play(button.dataset.step));
}
