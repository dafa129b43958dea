import { api, listen } from "./api.js";
import { forgetCall, forgetCallComposer, renderCall, showCallComposer } from "./call.js";
import { showComposer } from "./composer.js";
import { attempt, byId, debounced, h } from "./dom.js";
import { mountLog, reloadLog, showEntry } from "./log.js";
import { mountMail, reloadMail } from "./mail.js";
import { mountPayments, reloadPayments } from "./payments.js";
import { mountSwitches, reloadState } from "./switches.js";
import { wireTabs } from "./tabs.js";
import { forgetThread, renderThread, stateOf } from "./thread.js";
import { mountTime } from "./time.js";

const chosen = (name) => document.querySelector(`input[name=${name}]:checked`);
const channels = ["whatsapp", "sms", "voice"];

let channel = channels.find((name) => location.hash === `#${name}`) ?? "whatsapp";

const now = () => ({
  line: chosen("line").value,
  customer: chosen("customer").value,
  name: chosen("customer").dataset.name,
});

function nameChosen() {
  const { line, customer } = now();
  const garage = chosen("line").closest(".choice").querySelector(".choice-name").textContent;
  const person = chosen("customer").closest(".choice").querySelector(".choice-name").textContent;
  byId("phone-title").textContent = garage;
  byId("line-now").textContent = garage;
  byId("customer-now").textContent = person;
  history.replaceState(null, "", `?${new URLSearchParams({ line, customer })}#${channel}`);
}

let asked = 0;

async function reloadCustomer() {
  const { line, customer } = now();
  asked += 1;
  const mine = asked;
  const view = await api.get(`/customer?${new URLSearchParams({ line, customer })}`);
  // A newer question, or another choice meanwhile: this answer is old.
  if (mine !== asked) return;
  byId("phone-state").textContent = stateOf(channel, view);
  const types = view.typingUntil !== null && Date.parse(view.typingUntil) > Date.now();
  byId("typing").hidden = !(types && channel === "whatsapp");
  if (channel === "voice") {
    renderCall(view.call);
    showCallComposer(view.call, now);
  } else renderThread(channel, view.messages);
}

const refreshCustomer = debounced(() => attempt(reloadCustomer), 40);
const refreshState = debounced(() => attempt(reloadState));
const refreshMail = debounced(() => attempt(reloadMail));
const refreshPayments = debounced(() => attempt(reloadPayments));

/** Another thread is to be shown; what is half written stays. */
function showAnother() {
  forgetThread();
  forgetCall();
  forgetCallComposer();
  nameChosen();
  refreshCustomer();
}

function changeChannel(name) {
  channel = name;
  byId("thread-panel").setAttribute("aria-labelledby", `tab-${name}`);
  if (channel !== "voice") showComposer(channel, now);
  showAnother();
}

function showSomebody(event) {
  event.preventDefault();
  const form = event.target;
  const number = form.elements.number.value.trim();
  const known = document.querySelector(`input[name=customer][value="${CSS.escape(number)}"]`);
  if (known) known.checked = true;
  else {
    const input = h("input", {
      type: "radio",
      name: "customer",
      value: number,
      "data-name": "Somebody else",
      checked: true,
    });
    const choice = h(
      "label",
      { class: "choice" },
      input,
      h("span", { class: "choice-name" }, "Somebody else"),
      h("span", { class: "choice-number" }, number),
    );
    form.previousElementSibling.append(choice);
  }
  form.reset();
  showAnother();
}

/** A tap on a template's button is a message of its own kind, which answers that template. */
function answerTemplate({ detail: { id, text } }) {
  const { line, customer, name } = now();
  const other = { type: "button", button: { text, payload: text }, context: { id } };
  return attempt(() => api.post("/whatsapp/messages", { line, from: customer, name, messages: [{ other }] }));
}

function wireChoices() {
  for (const group of document.querySelectorAll(".choose fieldset"))
    group.addEventListener("change", () => {
      showAnother();
      if (isNarrow()) group.closest("details").open = false;
    });
  byId("thread-panel").addEventListener("tap", answerTemplate);
  byId("somebody").addEventListener("submit", showSomebody);
  if (isNarrow()) for (const group of document.querySelectorAll(".choose details")) group.open = false;
}

const isNarrow = () => matchMedia("(max-width: 1099px)").matches;

function wireViews() {
  const buttons = [...document.querySelectorAll("[data-show]")];
  for (const button of buttons)
    button.addEventListener("click", () => {
      document.body.dataset.shows = button.dataset.show;
      for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
    });
}

function wireBehind() {
  const panels = ["log", "switches", "payments", "mail"];
  wireTabs(document.querySelector("[data-tabs=behind]"), (name) => {
    for (const panel of panels) byId(`panel-${panel}`).hidden = panel !== name;
  });
}

mountLog();
mountSwitches();
mountMail();
mountPayments();
mountTime(() => now().line);
wireChoices();
wireViews();
wireBehind();
wireTabs(document.querySelector("[data-tabs=channel]"), changeChannel).choose(channel);
listen({
  open: () => {
    refreshCustomer();
    refreshState();
    refreshMail();
    refreshPayments();
    void attempt(reloadLog);
  },
  log: showEntry,
  thread: refreshCustomer,
  call: refreshCustomer,
  state: () => {
    refreshState();
    refreshPayments();
  },
  mail: refreshMail,
});
// The window closes, and "typing" ends, while nothing happens.
setInterval(refreshCustomer, 15_000);
