import { api } from "./api.js";
import { attempt, byId, h, whenOf } from "./dom.js";

const money = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" });
const pounds = (pence) => money.format(pence / 100);
const CLOSED = ["won", "lost", "warning_closed"];

const act = (words, path, body) =>
  h(
    "button",
    { type: "button", onclick: () => attempt(() => api.post(`/stripe/${path}`, body).then(reloadPayments)) },
    words,
  );

const disputeRow = ({ id, amount, status, reason }) =>
  h(
    "p",
    { class: "row" },
    h("span", { class: "grow" }, `Dispute of ${pounds(amount)} (${reason}): ${status}`),
    status === "won" ? null : act("Won", `disputes/${id}`, { status: "won" }),
    CLOSED.includes(status) ? null : act("Lost", `disputes/${id}`, { status: "lost" }),
  );

function actionsOf(intent, charge) {
  const paid = intent.status === "succeeded";
  return h(
    "p",
    { class: "row" },
    paid && charge && !charge.refunded ? act("Refund", "refunds", { paymentIntent: intent.id }) : null,
    paid && charge && !charge.disputed ? act("Dispute", "disputes", { paymentIntent: intent.id }) : null,
    intent.status === "requires_action"
      ? act("Authenticate", `payment-intents/${intent.id}/authenticate`, { passed: true })
      : null,
    intent.status === "processing"
      ? act("Settle", `payment-intents/${intent.id}/settle`, { succeeds: true })
      : null,
  );
}

function stateOf(intent, charge) {
  if (charge?.amount_refunded > 0) return `${intent.status}, refunded ${pounds(charge.amount_refunded)}`;
  const code = intent.last_payment_error?.decline_code ?? intent.last_payment_error?.code;
  return code ? `${intent.status} (${code})` : intent.status;
}

const payment = ({ intent, charge, disputes, whose }) => {
  const at = new Date(intent.created * 1000).toISOString();
  return h(
    "details",
    { class: "entry mail", "data-id": intent.id },
    h(
      "summary",
      {},
      h("time", { datetime: at }, whenOf(at)),
      h("span", { class: "what" }, `${pounds(intent.amount)} ${stateOf(intent, charge)}`),
      h("span", { class: "path" }, whose),
    ),
    h(
      "div",
      { class: "said" },
      h("p", { class: "quiet" }, intent.id),
      actionsOf(intent, charge),
      ...disputes.map(disputeRow),
    ),
  );
};

const nothing = () =>
  h(
    "div",
    { class: "empty" },
    h("strong", {}, "No payments."),
    h("p", {}, "Buy a credit pack in Torqueflow: its checkout is here, too."),
  );

export async function reloadPayments() {
  const kinds = ["paymentIntents", "charges", "disputes", "customers"];
  const [intents, charges, disputes, customers] = await Promise.all(
    kinds.map((kind) => api.get(`/stripe/${kind}`).then(({ objects }) => objects)),
  );
  const list = byId("payment-list");
  const open = new Set([...list.querySelectorAll("details[open]")].map((one) => one.dataset.id));
  const rows = intents.map((intent) => {
    const customer = customers.find(({ id }) => id === intent.customer);
    const row = payment({
      intent,
      charge: charges.find(({ id }) => id === intent.latest_charge),
      disputes: disputes.filter((one) => one.payment_intent === intent.id),
      whose: customer?.name ?? customer?.email ?? "",
    });
    row.open = open.has(intent.id);
    return row;
  });
  list.replaceChildren(...(rows.length > 0 ? rows : [nothing()]));
  byId("tab-payments").textContent = rows.length > 0 ? `Payments (${rows.length})` : "Payments";
}

export function mountPayments() {
  byId("panel-payments").append(h("div", { id: "payment-list", class: "log-list" }));
}
