import { api } from "./api.js";
import { attempt, byId, h, whenOf } from "./dom.js";

/** Text with its addresses as links; only http and https become one. */
function linked(text) {
  const parts = text.split(/(https?:\/\/[^\s<>"')]+)/);
  return parts.map((part, index) =>
    index % 2 === 1 ? h("a", { href: part, rel: "noreferrer" }, part) : part,
  );
}

const mail = ({ from, to, subject, text, html, receivedAt }) =>
  h(
    "details",
    { class: "entry mail" },
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
      h("p", { class: "mail-text" }, ...linked(text || "(no text)")),
      html ? h("p", { class: "quiet" }, "It has an HTML part, too.") : null,
    ),
  );

export async function reloadMail() {
  const { mails } = await api.get("/mail");
  const empty = h(
    "div",
    { class: "empty" },
    h("strong", {}, "No mail."),
    h("p", {}, "Whatever the application sends by SMTP arrives here and goes no further."),
  );
  byId("mail-list").replaceChildren(...(mails.length > 0 ? mails.map(mail) : [empty]));
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
