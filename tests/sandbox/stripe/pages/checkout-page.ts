import type { Reply } from "../../core/http";
import { type Html, html } from "../../page/escape";
import { BANK_DEBIT, TEST_CARDS } from "../cards";
import type { Session } from "../objects";
import { returnUrlOf } from "../pay-session";
import { pounds } from "../pounds";
import type { StripeState } from "../state";
import { notice, shell } from "./shell";

/** What somebody typed, to be shown again. */
export interface Typed {
  number: string;
  expiry: string;
  cvc: string;
  name: string;
  email: string;
}

const NOTHING_TYPED: Typed = { number: "", expiry: "", cvc: "", name: "", email: "" };

const GROUP_LENGTH = 4;

const grouped = (number: string): string =>
  number.match(new RegExp(`.{1,${GROUP_LENGTH}}`, "g"))?.join(" ") ?? number;

const summary = (state: StripeState, session: Session): Html => html`
  <section class="summary" aria-labelledby="summary-title">
    ${session.cancel_url ? html`<a class="back" href="${session.cancel_url}"><span aria-hidden="true">←</span> Back</a>` : ""}
    <h1 id="summary-title">Pay Torqueflow</h1>
    <p class="total">${pounds(session.amount_total)}</p>
    <ul class="lines">
      ${(state.plans.get(session.id)?.lineItems ?? []).map(
        (item) =>
          html`<li><span>${item.description ?? "Item"} <small>× ${item.quantity ?? 1}</small></span> <span>${pounds(item.amount_total)}</span></li>`,
      )}
    </ul>
    <p class="quiet">VAT included where it applies.</p>
  </section>`;

interface Field {
  name: keyof Typed;
  label: string;
  value: string;
  autocomplete: string;
  hint: string;
  type?: string;
}

const field = ({ name, label, value, autocomplete, hint, type = "text" }: Field): Html => html`
  <div class="field">
    <label for="${name}">${label}</label>
    <input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}" placeholder="${hint}"
      ${name === "number" || name === "expiry" || name === "cvc" ? html`inputmode="numeric"` : ""} required>
  </div>`;

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

const testCards = (): Html => html`
  <details class="test-cards" open>
    <summary>Fill in a test card</summary>
    <ul>
      ${TEST_CARDS.map(
        ({ number, does }) =>
          html`<li><button type="button" data-number="${grouped(number)}"><code>${grouped(number)}</code> <span>${does}</span></button></li>`,
      )}
    </ul>
  </details>`;

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
    <p class="problem" role="alert" id="problem" ${problem === null ? html`hidden` : ""}>${problem ?? ""}</p>
    <form method="post" data-pay>
      ${emailOf(session, typed)}
      ${field({ name: "number", label: "Card number", value: typed.number, autocomplete: "cc-number", hint: "1234 1234 1234 1234" })}
      <div class="pair">
        ${field({ name: "expiry", label: "Expiry", value: typed.expiry, autocomplete: "cc-exp", hint: "MM / YY" })}
        ${field({ name: "cvc", label: "CVC", value: typed.cvc, autocomplete: "cc-csc", hint: "123" })}
      </div>
      ${field({ name: "name", label: "Name on card", value: typed.name, autocomplete: "cc-name", hint: "Full name" })}
      <button type="submit" class="button">Pay ${pounds(session.amount_total)}</button>
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
    title: `Pay ${pounds(session.amount_total)}`,
    leadsTo: [session.success_url],
    body: html`<main class="checkout">${summary(state, session)}${form(session, typed, problem)}</main>`,
  });
