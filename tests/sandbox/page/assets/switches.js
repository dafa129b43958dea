import { api } from "./api.js";
import { attempt, byId, h, notice } from "./dom.js";
import { showTime } from "./time.js";
import { TROUBLES, wordsFor } from "./troubles.js";

const TIMES = [
  ["1", "once"],
  ["3", "three times"],
  ["", "until removed"],
];

function trouble([words, behaviour]) {
  const add = () =>
    attempt(async () => {
      const times = byId("times").value;
      await api.post("/behaviours", { ...behaviour, times: times === "" ? null : Number(times) });
      notice(`Set: ${words}`);
    });
  return h("button", { type: "button", class: "trouble", onclick: add }, words);
}

const nameOf = ({ provider, on, effect, match }) => {
  const details = Object.entries(effect)
    .filter(([name]) => name !== "kind")
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  const where = Object.values(match).join(", ");
  return `${provider} ${on}${where ? ` (${where})` : ""}: ${[effect.kind, ...details].join(", ")}`;
};

function active(behaviour) {
  const left = behaviour.times === null ? "until removed" : `${behaviour.times - behaviour.used} left`;
  const name = wordsFor(behaviour) ?? nameOf(behaviour);
  return h(
    "li",
    {},
    h("span", { class: "grow" }, name),
    h("span", { class: "quiet" }, left),
    h(
      "button",
      {
        type: "button",
        "aria-label": `Remove ${name}`,
        onclick: () => attempt(() => api.remove(`/behaviours/${behaviour.id}`)),
      },
      "Remove",
    ),
  );
}

const toggle = (id, words, change) =>
  h(
    "label",
    { class: "inline" },
    h("input", {
      type: "checkbox",
      id,
      onchange: (event) => attempt(() => api.patch("/settings", change(event.target.checked))),
    }),
    h("span", {}, words),
  );

export function mountSwitches() {
  byId("panel-switches").append(
    h(
      "section",
      { class: "card" },
      h("h3", {}, "Waiting to happen"),
      h("ul", { id: "active", class: "active" }),
    ),
    h(
      "section",
      { class: "card" },
      h(
        "div",
        { class: "row" },
        h("h3", { class: "grow" }, "Make it happen"),
        h(
          "label",
          { class: "inline" },
          h("span", { class: "visually-hidden" }, "How often"),
          h("select", { id: "times" }, ...TIMES.map(([value, words]) => h("option", { value }, words))),
        ),
      ),
      ...TROUBLES.map(({ title, items }) =>
        h("div", { class: "troubles" }, h("h4", {}, title), h("div", {}, ...items.map(trouble))),
      ),
    ),
    h(
      "section",
      { class: "card" },
      h("h3", {}, "How things are"),
      toggle("customers-read", "Customers read what they get", (customersRead) => ({ customersRead })),
      toggle("sms-fallback", "SMS numbers have a fallback address", (smsFallback) => ({ smsFallback })),
      h(
        "div",
        { class: "row wrap" },
        h(
          "button",
          { type: "button", onclick: () => attempt(() => api.post("/clock", { advanceSeconds: 3600 })) },
          "Put the clock forward an hour",
        ),
        h("span", { id: "sandbox-time", class: "quiet" }),
      ),
      h(
        "button",
        {
          type: "button",
          class: "danger",
          onclick: () => attempt(() => api.post("/reset").then(() => location.reload())),
        },
        "Forget everything",
      ),
    ),
  );
}

const flush = (options) => () => attempt(() => api.post("/flush", options));

function deliveries({ pending, settings }) {
  const manual = settings.delivery === "manual";
  const mode = h("input", {
    type: "checkbox",
    id: "manual",
    onchange: (event) =>
      attempt(() => api.patch("/settings", { delivery: event.target.checked ? "manual" : "auto" })),
  });
  mode.checked = manual;
  const buttons = [
    ["Deliver now", {}],
    ["in reverse", { order: "reversed" }],
    ["twice", { copies: 2 }],
    ["in one batch", { batch: true }],
  ].map(([words, options]) => h("button", { type: "button", onclick: flush(options) }, words));
  const waiting =
    pending > 0
      ? [
          h("span", { class: "quiet" }, pending === 1 ? "1 delivery waits" : `${pending} deliveries wait`),
          ...buttons,
        ]
      : [];
  return [h("label", { class: "inline" }, mode, h("span", {}, "Hold deliveries")), ...waiting];
}

let shown = "";

export async function reloadState() {
  const state = await api.get("/state");
  showTime(state.now);
  byId("sandbox-time").textContent = `Its time: ${new Date(state.now).toLocaleString("en-GB")}`;
  const key = JSON.stringify([state.pending, state.behaviours, state.settings]);
  if (key === shown) return;
  shown = key;
  const focused = document.activeElement?.id;
  byId("deliveries").replaceChildren(...deliveries(state));
  if (focused === "manual") byId("manual").focus();
  byId("active").replaceChildren(
    ...(state.behaviours.length > 0
      ? state.behaviours.map(active)
      : [h("li", { class: "quiet" }, "Nothing: all providers behave.")]),
  );
  byId("customers-read").checked = state.settings.customersRead;
  byId("sms-fallback").checked = state.settings.smsFallback;
}
