import type { Reply } from "../../core/http";
import { type Html, html } from "../../page/escape";
import { BANK_DEBIT } from "../cards";
import type { LineItem, Session } from "../objects";
import { returnUrlOf } from "../pay-session";
import { pounds } from "../pounds";
import type { StripeState } from "../state";
import { cardFields, field, NOTHING_TYPED, problemLine, type Typed, testCards } from "./card-form";
import { notice, shell } from "./shell";

const subscribes = ({ mode }: Session): boolean => mode === "subscription";

const itemsOf = (state: StripeState, { id }: Session): readonly LineItem[] =>
  state.plans.get(id)?.lineItems ?? [];

/** " per month", of what is paid again and again. */
function intervalOf(state: StripeState, session: Session): Html | "" {
  const [item] = itemsOf(state, session);
  return item?.price.recurring ? html` <small>per ${item.price.recurring.interval}</small>` : "";
}

/** " bays, £100.00 each per month" */
function unitOf(state: StripeState, { price, quantity }: LineItem): string {
  if (!price.recurring) return "";
  const unit = state.products.get(price.product)?.unit_label ?? "";
  return ` ${unit}${unit && quantity !== 1 ? "s" : ""}, ${pounds(price.unit_amount)} each per ${price.recurring.interval}`;
}

/** What comes on top, as a line of its own. */
const taxLines = (state: StripeState, session: Session): Html => html`
  <dl>
    <div><dt>Subtotal</dt><dd>${pounds(session.amount_subtotal ?? 0)}</dd></div>
    ${ratesOf(state, session).map(
      ({ display_name: name, percentage }) =>
        html`<div><dt>${name} (${percentage}%)</dt><dd>${pounds(session.total_details?.amount_tax ?? 0)}</dd></div>`,
    )}
    <div><dt><strong>Total due today</strong></dt><dd><strong>${pounds(session.amount_total)}</strong></dd></div>
  </dl>
  <p class="quiet">Renews by itself until it is cancelled.</p>`;

function ratesOf(state: StripeState, { id }: Session) {
  const plan = state.plans.get(id)?.subscription;
  const [item] = plan?.items ?? [];
  return item && item.taxRates.length > 0 ? item.taxRates : (plan?.defaultTaxRates ?? []);
}

const summary = (state: StripeState, session: Session): Html => html`
  <section class="summary" aria-labelledby="summary-title">
    ${session.cancel_url ? html`<a class="back" href="${session.cancel_url}"><span aria-hidden="true">←</span> Back</a>` : ""}
    <h1 id="summary-title">${subscribes(session) ? "Subscribe to Torqueflow" : "Pay Torqueflow"}</h1>
    <p class="total">${pounds(session.amount_total)}${intervalOf(state, session)}</p>
    <ul class="lines">
      ${itemsOf(state, session).map(
        (item) =>
          html`<li><span>${item.description ?? "Item"} <small>× ${item.quantity ?? 1}${unitOf(state, item)}</small></span> <span>${pounds(subscribes(session) ? item.amount_subtotal : item.amount_total)}</span></li>`,
      )}
    </ul>
    ${subscribes(session) ? taxLines(state, session) : html`<p class="quiet">VAT included where it applies.</p>`}
  </section>`;

const emailOf = (session: Session, typed: Typed): Html => {
  const known = session.customer_details?.email;
  return known
    ? html`<p class="known"><span class="label">Email</span> ${known}</p>`
    : field({
        name: "email",
        label: "Email",
        value: typed.email,
        autocomplete: "email",
        hint: "you@example.com",
        type: "email",
      });
};

const bankDebit = ({ payment_method_types: types }: Session): Html | string =>
  types.includes(BANK_DEBIT)
    ? html`<form method="post" class="other-way">
    <input type="hidden" name="method" value="${BANK_DEBIT}">
    <button type="submit" class="secondary">Pay by bank debit (settles later)</button>
  </form>`
    : "";

const form = (session: Session, typed: Typed, problem: string | null): Html => html`
  <section class="pay" aria-labelledby="pay-title">
    <h2 id="pay-title">Pay with card</h2>
    ${problemLine(problem)}
    <form method="post" data-pay>
      ${emailOf(session, typed)}
      ${cardFields(typed)}
      <button type="submit" class="button">${subscribes(session) ? "Subscribe" : `Pay ${pounds(session.amount_total)}`}</button>
    </form>
    ${bankDebit(session)}
    ${testCards()}
  </section>`;

/** What a second tab, or somebody who is too late, gets to see. */
export function closedPage(session: Session): Reply {
  if (session.status === "complete")
    return notice(
      "This payment is complete",
      "It was paid already, so nothing was charged again. You can close this page.",
      { href: returnUrlOf(session), words: "Continue" },
    );
  return notice(
    "This checkout has expired",
    "Nothing was charged. Please start again.",
    session.cancel_url ? { href: session.cancel_url, words: "Back" } : null,
  );
}

/** The hosted page of an open session. */
export const checkoutPage = (
  state: StripeState,
  session: Session,
  { typed = NOTHING_TYPED, problem = null }: { typed?: Typed; problem?: string | null } = {},
): Reply =>
  shell({
    title: subscribes(session) ? "Subscribe to Torqueflow" : `Pay ${pounds(session.amount_total)}`,
    leadsTo: [session.success_url],
    body: html`<main class="checkout">${summary(state, session)}${form(session, typed, problem)}</main>`,
  });
