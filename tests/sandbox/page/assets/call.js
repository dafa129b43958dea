import { api } from "./api.js";
import { attempt, byId, h } from "./dom.js";

const ROLE = { bot: "theirs", user: "own" };

function turn({ role, text, tool }) {
  if (role === "tool_calls")
    return h(
      "p",
      { class: "network" },
      `The assistant asks ${tool?.name ?? "a tool"} ${JSON.stringify(tool?.args ?? {})}`,
    );
  if (role === "tool_call_result") return h("p", { class: "network" }, `Answer: ${text}`);
  return h(
    "article",
    { class: `bubble spoken ${ROLE[role] ?? "theirs"}` },
    h("span", { class: "visually-hidden" }, role === "user" ? "You: " : "The assistant: "),
    h("p", {}, text),
  );
}

const MODES = { full: "Full assistant", degraded: "Message-taker" };

/** What the application decided for this call. */
function decision(call) {
  const mode = call.isFallback
    ? "Static fallback"
    : (MODES[call.mode] ?? (call.firstMessage ? "Assistant" : "No assistant"));
  const facts = [
    ["Mode", mode],
    ["Level", call.level ?? "–"],
    ["Reason", call.reason ?? "–"],
    ["Tools", call.tools.length > 0 ? call.tools.join(", ") : "none"],
    ["Length", `${call.seconds.toFixed(1)} s`],
  ];
  return h(
    "section",
    {
      class: `decision ${call.mode === "degraded" ? "degraded" : ""}`,
      "aria-label": "What the garage decided",
    },
    h("strong", {}, call.assistantName ?? "Nobody answered"),
    h("dl", {}, ...facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, String(value))))),
    call.problem ? h("p", { class: "problem" }, call.problem) : null,
    call.status === "ended" ? h("p", { class: "quiet" }, `Ended: ${call.endedReason}`) : null,
  );
}

let shown = "";

/** The call's transcript in the thread's place. */
export function renderCall(call) {
  const key = JSON.stringify(call);
  if (key === shown) return;
  shown = key;
  const panel = byId("thread-panel");
  panel.classList.remove("is-sms");
  if (!call) {
    panel.replaceChildren(
      h(
        "div",
        { class: "empty" },
        h("strong", {}, "No call yet."),
        h("p", {}, "Ring the garage: you see how the assistant was set up, and talk to it in writing."),
      ),
    );
    return;
  }
  panel.replaceChildren(decision(call), ...call.turns.map(turn));
  panel.scrollTop = panel.scrollHeight;
}

export const forgetCall = () => {
  shown = "";
};

const isOn = (call) => call && call.status !== "ended";

function idleForm(now, again) {
  const withheld = h("input", { type: "checkbox", name: "withheld" });
  const ring = h(
    "button",
    { type: "submit", class: "primary call" },
    again ? "Call again" : "Call the garage",
  );
  return h(
    "form",
    {
      onsubmit: async (event) => {
        event.preventDefault();
        const { line, customer } = now();
        ring.disabled = true;
        ring.textContent = "Ringing…";
        await attempt(() =>
          api.post("/calls", { line, from: withheld.checked ? "anonymous" : customer, as: customer }),
        );
        ring.disabled = false;
        ring.textContent = "Call again";
      },
    },
    h(
      "div",
      { class: "row wrap" },
      ring,
      h("label", { class: "inline" }, withheld, h("span", {}, "withhold my number")),
    ),
  );
}

function talkForm(call) {
  const words = h("input", {
    name: "text",
    placeholder: "Say something…",
    "aria-label": "Say",
    autocomplete: "off",
    maxlength: 2000,
  });
  const length = h("input", {
    name: "seconds",
    type: "number",
    min: 0,
    max: 43200,
    placeholder: "as spoken",
    "aria-label": "Length of the call in seconds",
  });
  const hangUp = () =>
    api.post(`/calls/${call.id}/hang-up`, length.value === "" ? {} : { seconds: Number(length.value) });
  return h(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault();
        const text = words.value.trim();
        words.value = "";
        return text === "" ? words.focus() : attempt(() => api.post(`/calls/${call.id}/say`, { text }));
      },
    },
    h("div", { class: "row" }, words, h("button", { type: "submit", class: "primary" }, "Say")),
    h(
      "div",
      { class: "row wrap extras" },
      h("button", { type: "button", class: "danger", onclick: () => attempt(hangUp) }, "Hang up"),
      h("label", { class: "inline" }, h("span", {}, "after"), length, h("span", {}, "seconds")),
    ),
  );
}

let composed = "";

/** Ring, or talk and hang up; a form in use stays as it is. */
export function showCallComposer(call, now) {
  const key = isOn(call) ? call.id : `idle:${Boolean(call)}`;
  if (key === composed) return;
  composed = key;
  byId("composer").replaceChildren(isOn(call) ? talkForm(call) : idleForm(now, Boolean(call)));
}

export const forgetCallComposer = () => {
  composed = "";
};
