import { api } from "./api.js";
import { attempt, byId, h, whenOf } from "./dom.js";

/** Text with its addresses as links; only http and https become one. */
function linked(text) {
  const parts = text.split(/(https?:\/\/[^\s<>"')]+)/);
  return parts.map((part, index) =>
    index % 2 === 1 ? h("a", { href: part, rel: "noreferrer" }, part) : part,
  );
}

/** As a mail program shows it. It is loaded when the mail is opened. */
const asHtml = ({ id, subject }) => [
  h("iframe", {
    class: "mail-html",
    src: `/mail/${id}`,
    title: subject || "Mail",
    loading: "lazy",
    sandbox: "allow-popups allow-popups-to-escape-sandbox",
  }),
  h("p", {}, h("a", { href: `/mail/${id}`, target: "_blank", rel: "noreferrer" }, "Open by itself")),
];

const asText = ({ text }) => h("p", { class: "mail-text" }, ...linked(text || "(no text)"));

const mail = (given) => {
  const { id, from, to, subject, html, receivedAt } = given;
  return h(
    "details",
    { class: "entry mail", "data-id": id },
    h(
      "summary",
      {},
      h("time", { datetime: receivedAt }, whenOf(receivedAt)),
      h("span", { class: "what" }, subject || "(no subject)"),
      h("span", { class: "path" }, to.join(", ")),
    ),
    h(
      "div",
      { class: "said" },
      h("p", { class: "quiet" }, `From ${from}`),
      ...(html
        ? [...asHtml(given), h("details", {}, h("summary", {}, "Plain text"), asText(given))]
        : [asText(given)]),
    ),
  );
};

export async function reloadMail() {
  const { mails } = await api.get("/mail");
  const empty = h(
    "div",
    { class: "empty" },
    h("strong", {}, "No mail."),
    h("p", {}, "Whatever the application sends by SMTP arrives here and goes no further."),
  );
  const list = byId("mail-list");
  // What stands there stays, so that a mail being read does not close when another arrives.
  const shown = new Map([...list.children].map((entry) => [entry.dataset.id, entry]));
  for (const [id, entry] of shown) if (!mails.some((one) => one.id === id)) entry.remove();
  const fresh = mails.filter(({ id }) => !shown.has(id)).map(mail);
  list.prepend(...(mails.length > 0 ? fresh : [empty]));
  byId("tab-mail").textContent = mails.length > 0 ? `Mail (${mails.length})` : "Mail";
}

export function mountMail() {
  byId("panel-mail").append(
    h(
      "div",
      { class: "row toolbar" },
      h("span", { class: "grow" }),
      h("button", { type: "button", onclick: () => attempt(() => api.remove("/mail")) }, "Clear"),
    ),
    h("div", { id: "mail-list", class: "log-list" }),
  );
}
