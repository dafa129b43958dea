import { byId, h, whenOf } from "./dom.js";
import { marked } from "./marks.js";

/** What the ticks mean, for one's own messages and for the garage's. */
const OWN_TICKS = {
  waiting: ["…", "on its way to the garage"],
  received: ["✓✓", "arrived at the garage"],
  read: ["✓✓", "read by the garage"],
  lost: ["!", "the garage never took it"],
};
const THEIR_TICKS = {
  accepted: ["✓", "accepted by the provider"],
  sent: ["✓", "sent"],
  delivered: ["✓✓", "delivered to this phone"],
  read: ["✓✓", "read on this phone"],
  failed: ["!", "failed"],
};

function ticks({ from, tick, problem }) {
  if (from === "network") return null;
  const [sign, words] = (from === "customer" ? OWN_TICKS : THEIR_TICKS)[tick] ?? ["", tick];
  const label = problem ? `${words}: ${problem}` : words;
  return h(
    "span",
    { class: `ticks ${tick}`, title: label },
    h("span", { "aria-hidden": "true" }, sign),
    h("span", { class: "visually-hidden" }, label),
  );
}

/** A failed message is shown, so that a person sees what did not arrive. */
function footer(message, unseen) {
  const { at, problem } = message;
  const why = unseen ? `Never reached this phone${problem ? `: ${problem}` : ""}` : problem;
  return h(
    "footer",
    {},
    why ? h("span", { class: "problem" }, why) : null,
    h("time", { datetime: at }, whenOf(at)),
    ticks(message),
  );
}

/** A template's buttons; a tap is an answer of the customer's. */
function taps({ id, buttons = [] }) {
  if (buttons.length === 0) return null;
  const tap = (text) => (event) =>
    event.target.dispatchEvent(new CustomEvent("tap", { bubbles: true, detail: { id, text } }));
  return h(
    "div",
    { class: "row wrap taps" },
    ...buttons.map((text) => h("button", { type: "button", onclick: tap(text) }, text)),
  );
}

function bubble(message) {
  const { from, text, at, picture, tick, channel } = message;
  if (from === "network")
    return h(
      "p",
      { class: "network" },
      text,
      h("span", { class: "quiet" }, ` · ${whenOf(at)}, from the network`),
    );
  const own = from === "customer";
  const unseen = !own && tick === "failed";
  return h(
    "article",
    { class: `bubble ${own ? "own" : "theirs"} ${unseen ? "unseen" : ""}` },
    h("span", { class: "visually-hidden" }, own ? "You: " : "The garage: "),
    picture
      ? h("img", {
          src: picture,
          alt: "Picture sent by the customer",
          width: 192,
          height: 144,
          loading: "lazy",
        })
      : null,
    text ? h("p", {}, ...(channel === "whatsapp" && !own ? marked(text) : [text])) : null,
    footer(message, unseen),
    unseen ? null : taps(message),
  );
}

const EMPTY = {
  whatsapp: ["Nothing yet.", "Write as the customer; what the garage answers appears here with its ticks."],
  sms: ["Nothing yet.", "Try STOP and START: the network keeps the opt-out, as with a real long code."],
};

let shown = "";

/** Shows one channel's messages; keeps to the end unless somebody scrolled up to read. */
export function renderThread(channel, messages) {
  const panel = byId("thread-panel");
  const own = messages.filter((message) => message.channel === channel);
  const atEnd = panel.scrollHeight - panel.scrollTop - panel.clientHeight < 60;
  const key = JSON.stringify([channel, own]);
  if (key === shown) return;
  shown = key;
  const [title, hint] = EMPTY[channel];
  const content =
    own.length > 0
      ? own.map(bubble)
      : [h("div", { class: "empty" }, h("strong", {}, title), h("p", {}, hint))];
  panel.replaceChildren(...content);
  panel.classList.toggle("is-sms", channel === "sms");
  if (atEnd) panel.scrollTop = panel.scrollHeight;
}

export const forgetThread = () => {
  shown = "";
};

const left = (ms) => {
  const minutes = Math.ceil(ms / 60000);
  return minutes >= 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes} min`;
};

/** The line below the garage's name. */
export function stateOf(channel, { windowClosesAt, optedOut }) {
  if (channel === "sms")
    return optedOut ? "You have opted out: the network refuses the garage's messages" : "SMS, long code";
  if (channel === "voice") return "Voice, answered by the assistant";
  const ms = windowClosesAt ? Date.parse(windowClosesAt) - Date.now() : 0;
  if (!windowClosesAt) return "24-hour window: never opened";
  return ms > 0 ? `24-hour window open for ${left(ms)}` : "24-hour window closed: only templates reach you";
}
