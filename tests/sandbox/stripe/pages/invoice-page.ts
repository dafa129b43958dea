import type { Reply } from "../../core/http";
import { type Html, html } from "../../page/escape";
import type { Invoice } from "../billing/objects";
import type { PaymentMethod } from "../objects";
import { pounds } from "../pounds";
import { cardFields, NOTHING_TYPED, problemLine, type Typed, testCards } from "./card-form";
import { cardWords } from "./default-card";
import { addressee, dayOf, rowsOf, statusOf } from "./invoice-words";
import { shell } from "./shell";

const lines = (invoice: Invoice): Html => html`
  <ul class="lines">
    ${invoice.lines.data.map(
      (line) =>
        html`<li><span>${line.description ?? "Torqueflow"} <small>${dayOf(line.period.start)} to ${dayOf(line.period.end)}</small></span> <span>${pounds(line.amount)}</span></li>`,
    )}
  </ul>
  <dl>${rowsOf(invoice).map(
    ({ label, pence, strong }) =>
      html`<div><dt>${strong ? html`<strong>${label}</strong>` : label}</dt><dd>${strong ? html`<strong>${pounds(pence)}</strong>` : pounds(pence)}</dd></div>`,
  )}</dl>`;

function payment(
  invoice: Invoice,
  method: PaymentMethod | undefined,
  typed: Typed,
  problem: string | null,
): Html {
  const amount = pounds(invoice.amount_remaining);
  return html`
  <section class="pay" aria-labelledby="pay-title">
    <h2 id="pay-title">Pay this invoice</h2>
    ${problemLine(problem)}
    ${
      method
        ? html`<form method="post">
      <input type="hidden" name="method" value="${method.id}">
      <button type="submit" class="button">Pay ${amount} with ${cardWords(method)}</button>
    </form>
    <p class="quiet">Or with another card:</p>`
        : ""
    }
    <form method="post" data-pay>
      ${cardFields(typed)}
      <button type="submit" class="${method ? "secondary" : "button"}">Pay ${amount}</button>
    </form>
    ${testCards()}
  </section>`;
}

const settled = (invoice: Invoice): Html => html`
  <section class="pay" aria-labelledby="pay-title">
    <h2 id="pay-title">${invoice.status === "paid" ? "Invoice paid" : `This invoice is ${statusOf(invoice).toLowerCase()}`}</h2>
    <p>${invoice.status === "paid" ? "Thank you. Nothing is left to pay." : "Nothing can be paid here."}</p>
  </section>`;

export const isPayable = ({ status, amount_remaining: left }: Invoice): boolean =>
  (status === "open" || status === "uncollectible") && left > 0;

/** Stripe's own page of an invoice: what it is for, its PDF, and a way to pay it while it is open. */
export const invoicePage = (
  invoice: Invoice,
  saved: PaymentMethod | undefined,
  { typed = NOTHING_TYPED, problem = null }: { typed?: Typed; problem?: string | null } = {},
): Reply =>
  shell({
    title: `Invoice ${invoice.number ?? invoice.id}`,
    body: html`
  <main class="checkout">
    <section aria-labelledby="invoice-title">
      <h1 id="invoice-title">Invoice ${invoice.number ?? invoice.id} from Torqueflow</h1>
      <p class="total">${pounds(invoice.total)}</p>
      <dl>
        <div><dt>Status</dt><dd>${statusOf(invoice)}</dd></div>
        <div><dt>Date</dt><dd>${dayOf(invoice.effective_at ?? invoice.created)}</dd></div>
        <div><dt>Bill to</dt><dd>${addressee(invoice)}</dd></div>
      </dl>
      ${lines(invoice)}
      <p><a href="/invoices/${invoice.id}/pdf">Download the PDF</a></p>
    </section>
    ${isPayable(invoice) ? payment(invoice, saved, typed, problem) : settled(invoice)}
  </main>`,
  });
