import { api } from "./api.js";
import { attempt, byId, h } from "./dom.js";

const AGES = [
  ["0", "now"],
  ["7200", "2 hours ago"],
  ["86100", "23 h 55 min ago"],
  ["90000", "25 hours ago"],
  ["259200", "3 days ago"],
];

const IDENTITIES = [
  ["both", "number and id"],
  ["id-only", "user name only"],
  ["number-only", "number only"],
];

const options = (list) => list.map(([value, words]) => h("option", { value }, words));

const PLACE = {
  latitude: 54.9783,
  longitude: -1.6178,
  name: "Grey's Monument",
  address: "Grainger Street, Newcastle upon Tyne",
};

function textForm({ placeholder, onText, extras }) {
  const area = h("textarea", {
    name: "text",
    rows: 2,
    maxlength: 4096,
    placeholder,
    "aria-label": "Message",
  });
  const form = h(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault();
        const text = area.value.trim();
        if (text === "") return area.focus();
        area.value = "";
        return attempt(() => onText(text, form));
      },
    },
    h("div", { class: "row" }, area, h("button", { type: "submit", class: "primary" }, "Send")),
    h("div", { class: "row wrap extras" }, ...extras(() => form)),
  );
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  return form;
}

const field = (form, name) => form.elements[name];

function whatsAppForm(now) {
  const send = (form, message) => {
    const { line, customer, name } = now();
    const ageSeconds = Number(field(form, "age").value);
    const identity = field(form, "identity").value;
    return api.post("/whatsapp/messages", {
      line,
      from: customer,
      name,
      identity,
      messages: [{ ...message, ageSeconds }],
    });
  };
  return textForm({
    placeholder: "Write a WhatsApp…",
    onText: (text, form) => send(form, { text }),
    extras: (form) => [
      h(
        "button",
        {
          type: "button",
          onclick: () => attempt(() => send(form(), { picture: "sample", caption: "This lamp came on" })),
        },
        "Picture",
      ),
      h(
        "button",
        { type: "button", onclick: () => attempt(() => send(form(), { location: PLACE })) },
        "Location",
      ),
      h("label", { class: "inline" }, h("span", {}, "Sent"), h("select", { name: "age" }, ...options(AGES))),
      h(
        "label",
        { class: "inline" },
        h("span", {}, "As"),
        h("select", { name: "identity" }, ...options(IDENTITIES)),
      ),
    ],
  });
}

function smsForm(now) {
  const send = (form, message) => {
    const { line, customer } = now();
    const throughService = field(form, "service").checked;
    return api.post("/sms/messages", { line, from: customer, throughService, ...message });
  };
  return textForm({
    placeholder: "Write an SMS…",
    onText: (text, form) => send(form, { text }),
    extras: (form) => [
      h(
        "button",
        {
          type: "button",
          onclick: () => attempt(() => send(form(), { text: "This lamp came on", pictures: ["sample"] })),
        },
        "Picture (MMS)",
      ),
      ...["STOP", "START", "HELP"].map((text) =>
        h("button", { type: "button", onclick: () => attempt(() => send(form(), { text })) }, text),
      ),
      h(
        "label",
        { class: "inline" },
        h("input", { type: "checkbox", name: "service" }),
        h("span", {}, "through a messaging service"),
      ),
    ],
  });
}

/** Puts up the form of a channel. `now` says who writes to whom at the moment of sending. */
export function showComposer(channel, now) {
  byId("composer").replaceChildren(channel === "sms" ? smsForm(now) : whatsAppForm(now));
}
