import { api } from "./api.js";
import { attempt, byId, h, timeOf } from "./dom.js";

const KEPT = 300;
const NAMES = { meta: "WhatsApp", twilio: "SMS", ai: "AI", vapi: "Voice", stripe: "Payments", smtp: "Mail" };

const rows = new Map();
let filter = "all";

const pretty = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));

function block(title, value) {
  if (value === null || value === undefined) return null;
  return h("section", {}, h("h4", {}, title), h("pre", { tabindex: "0" }, pretty(value)));
}

function statusOf({ status, note, ms }) {
  if (status !== null) return [String(status), status < 300 ? "good" : status < 500 ? "refused" : "broken"];
  return ms === null ? ["…", "open"] : [note?.startsWith("connection") ? "closed" : "none", "broken"];
}

const firstOf = (value) => (Array.isArray(value) ? value[0] : undefined);

/** The words in it, where there are any: what a person looks for. */
function gistOf({ provider, body }) {
  if (typeof body !== "object" || body === null) return "";
  if (provider === "ai") return body.messages?.at?.(-1)?.content;
  if (provider === "twilio") return body.Body;
  if (provider === "smtp") return body.subject;
  if (provider === "vapi") return body.message?.endedReason;
  if (provider === "stripe") return body.data?.object?.id ?? body.customer;
  const change = firstOf(firstOf(body.entry)?.changes)?.value;
  return body.text?.body ?? firstOf(change?.messages)?.text?.body;
}

/** The summary says who spoke to whom; what was said is made only once somebody opens it. */
function row(entry) {
  const [words, tone] = statusOf(entry);
  const gist = gistOf(entry);
  const outward = entry.direction === "out";
  const summary = h(
    "summary",
    {},
    h("time", { datetime: entry.at }, timeOf(entry.at)),
    h(
      "span",
      {
        class: "way",
        title: outward ? "from the provider to the application" : "from the application to the provider",
      },
      h("span", { "aria-hidden": "true" }, outward ? "←" : "→"),
      h("span", { class: "visually-hidden" }, outward ? "to the application" : "from the application"),
    ),
    h("span", { class: `provider ${entry.provider}` }, NAMES[entry.provider] ?? entry.provider),
    h("span", { class: "what" }, entry.type),
    h(
      "span",
      { class: "path" },
      typeof gist === "string" && gist !== "" ? h("span", { class: "gist" }, `“${gist}” `) : null,
      `${entry.method} ${entry.path}`,
    ),
    h("span", { class: `status ${tone}` }, words),
  );
  const details = h("details", { class: "entry", "data-provider": entry.provider }, summary);
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    details.querySelector(".said")?.remove();
    const parts = [
      entry.note ? h("p", { class: "note" }, entry.note) : null,
      block("Headers", Object.keys(entry.headers).length > 0 ? entry.headers : null),
      block("Request", entry.body),
      block(entry.ms === null ? "Reply" : `Reply after ${entry.ms} ms`, entry.reply),
    ];
    details.append(h("div", { class: "said" }, ...parts));
  });
  return details;
}

const fits = (entry) => filter === "all" || entry.provider === filter;

/** Shows an entry, or what became of it. */
export function showEntry(entry) {
  const list = byId("log-list");
  const old = rows.get(entry.id);
  const fresh = row(entry);
  fresh.hidden = !fits(entry);
  rows.set(entry.id, fresh);
  if (old) {
    const { open } = old;
    const focused = old.contains(document.activeElement);
    old.replaceWith(fresh);
    fresh.open = open;
    if (focused) fresh.querySelector("summary").focus();
    return;
  }
  list.prepend(fresh);
  byId("log-empty").hidden = true;
  if (rows.size <= KEPT) return;
  const [oldest] = rows.keys();
  rows.get(oldest).remove();
  rows.delete(oldest);
}

function clear() {
  rows.clear();
  byId("log-list").replaceChildren();
  byId("log-empty").hidden = false;
}

export async function reloadLog() {
  const { requests } = await api.get(`/requests?limit=${KEPT}`);
  clear();
  for (const entry of requests) showEntry(entry);
}

function choose(name) {
  filter = name;
  for (const details of byId("log-list").children)
    details.hidden = filter !== "all" && details.dataset.provider !== filter;
}

export function mountLog() {
  const select = h(
    "select",
    { onchange: (event) => choose(event.target.value) },
    h("option", { value: "all" }, "All providers"),
    ...Object.entries(NAMES).map(([value, words]) => h("option", { value }, words)),
  );
  const wipe = () =>
    attempt(async () => {
      await api.remove("/requests");
      clear();
    });
  byId("panel-log").append(
    h(
      "div",
      { class: "row toolbar" },
      h("label", { class: "inline grow" }, h("span", { class: "visually-hidden" }, "Show"), select),
      h("button", { type: "button", onclick: wipe }, "Clear"),
    ),
    h(
      "div",
      { class: "empty", id: "log-empty" },
      h("strong", {}, "Quiet so far."),
      h("p", {}, "Every request of the application and every delivery to it appears here, with its reply."),
    ),
    h("div", { id: "log-list", class: "log-list" }),
  );
}
