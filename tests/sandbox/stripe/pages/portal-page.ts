import type { Reply } from "../../core/http";
import { type Html, html } from "../../page/escape";
import type { Invoice, Subscription } from "../billing/objects";
import type { PortalView } from "../billing/portal-actions";
import type { PaymentMethod, Price } from "../objects";
import { pounds } from "../pounds";
import { cardFields, NOTHING_TYPED, problemLine, type Typed, testCards } from "./card-form";
import { cardWords } from "./default-card";
import { dayOf, statusOf } from "./invoice-words";
import { shell } from "./shell";

export interface Said {
  problem?: string | null;
  typed?: Typed;
}

const MAX_BAYS = 50;
const SHOWN_INVOICES = 24;

interface Field {
  name: string;
  value: string;
}

/** A form of one button, for what is told apart by a field. */
const act = (action: string, words: string, { name, value }: Field, kind = "secondary"): Html => html`
  <form method="post">
    <input type="hidden" name="${name}" value="${value}">
    <button type="submit" name="do" value="${action}" class="${kind}">${words}</button>
  </form>`;

const per = ({ recurring }: Price): string => recurring?.interval ?? "month";

const priceWords = (price: Price): string =>
  `${per(price) === "year" ? "yearly" : "monthly"}, ${pounds(price.unit_amount)} a bay and ${per(price)}`;

function whenNext({ cancel_at: end, items }: Subscription): string {
  if (end !== null) return `Ends on ${dayOf(end)}.`;
  return `Renews on ${dayOf(items.data[0]?.current_period_end ?? 0)}.`;
}

const changing = ({ id, items }: Subscription, prices: readonly Price[]): Html | "" => {
  const [item] = items.data;
  if (!item) return "";
  const others = prices.filter(({ id: other, active }) => active && other !== item.price.id);
  const field = { name: "subscription", value: id };
  return html`
  <details>
    <summary>Update subscription</summary>
    <form method="post">
      <input type="hidden" name="subscription" value="${id}">
      <div class="field">
        <label for="bays">Bays</label>
        <input id="bays" name="bays" type="number" min="1" max="${MAX_BAYS}" step="1" value="${item.quantity}" required>
      </div>
      <button type="submit" name="do" value="bays" class="button">Update bays</button>
    </form>
    ${others.map(
      (price) => html`<form method="post">
      <input type="hidden" name="subscription" value="${field.value}">
      <input type="hidden" name="price" value="${price.id}">
      <button type="submit" name="do" value="switch" class="secondary">Switch to ${priceWords(price)}</button>
    </form>`,
    )}
  </details>`;
};

/** What was chosen for the period's end. */
function scheduledLine({ id, items }: Subscription, { scheduled, prices }: PortalView): Html | "" {
  const wanted = scheduled.get(id);
  const price = prices.find((one) => one.id === wanted?.price);
  if (!wanted || !price) return "";
  return html`<p>From ${dayOf(items.data[0]?.current_period_end ?? 0)}: ${wanted.quantity} ${wanted.quantity === 1 ? "bay" : "bays"}, ${priceWords(price)}.</p>`;
}

const one = (subscription: Subscription, view: PortalView): Html => {
  const [item] = subscription.items.data;
  const field = { name: "subscription", value: subscription.id };
  const ends = subscription.cancel_at !== null;
  return html`
  <p><strong>Torqueflow</strong>${
    item
      ? html`, ${item.quantity} ${item.quantity === 1 ? "bay" : "bays"}, ${priceWords(item.price)}: ${pounds(item.price.unit_amount * item.quantity)} plus VAT`
      : ""
  }</p>
  <p>${subscription.status === "past_due" ? html`<strong>Past due.</strong> ` : ""}${whenNext(subscription)}</p>
  ${scheduledLine(subscription, view)}
  ${changing(subscription, view.prices)}
  ${ends ? act("resume", "Don’t cancel subscription", field, "button") : act("cancel", "Cancel subscription", field)}`;
};

const savedCard = (method: PaymentMethod, isDefault: boolean): Html => html`
  <li><span>${cardWords(method)} <small>expires ${method.card?.exp_month ?? ""}/${method.card?.exp_year ?? ""}</small></span>
    ${isDefault ? html`<strong>Default</strong>` : act("card", "Make default", { name: "card", value: method.id })}</li>`;

const cards = ({ cards: all, defaultCard }: PortalView, typed: Typed): Html => html`
  ${
    all.length > 0
      ? html`<ul class="lines">${all.map((card) => savedCard(card, card.id === defaultCard?.id))}</ul>`
      : html`<p>No card is saved.</p>`
  }
  <details ${typed === NOTHING_TYPED ? "" : html`open`}>
    <summary>Add payment method</summary>
    <form method="post" data-pay>
      ${cardFields(typed)}
      <button type="submit" name="do" value="add-card" class="button">Add as default</button>
    </form>
    ${testCards()}
  </details>`;

const invoiceRow = (invoice: Invoice): Html => html`
  <li><a href="/invoices/${invoice.id}">${dayOf(invoice.created)}</a> <span>${pounds(invoice.total)}</span> <span>${statusOf(invoice)}</span>
    ${invoice.status === "open" ? act("pay", "Pay now", { name: "invoice", value: invoice.id }, "button") : ""}</li>`;

/** Stripe's portal: subscription, card and invoices of one customer. */
export const portalPage = (view: PortalView, { problem = null, typed = NOTHING_TYPED }: Said = {}): Reply => {
  const { customer, session, subscriptions, invoices } = view;
  return shell({
    title: "Manage your Torqueflow billing",
    body: html`
  <main class="card portal">
    ${session.return_url ? html`<a class="back" href="${session.return_url}"><span aria-hidden="true">←</span> Return to Torqueflow</a>` : ""}
    <h1>Manage your billing</h1>
    <p class="quiet">${[customer.name, customer.email].filter((part) => part).join(", ")}</p>
    ${problemLine(problem)}
    <section aria-labelledby="subscription-title"><h2 id="subscription-title">Current subscription</h2>
      ${subscriptions.length > 0 ? subscriptions.map((subscription) => one(subscription, view)) : html`<p>There is none.</p>`}
    </section>
    <section aria-labelledby="card-title"><h2 id="card-title">Payment method</h2>${cards(view, typed)}</section>
    <section aria-labelledby="invoices-title"><h2 id="invoices-title">Invoice history</h2>
      ${
        invoices.length > 0
          ? html`<ul class="lines">${invoices.slice(0, SHOWN_INVOICES).map(invoiceRow)}</ul>`
          : html`<p>There are no invoices.</p>`
      }
    </section>
  </main>`,
  });
};
