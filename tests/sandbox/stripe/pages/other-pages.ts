import type { Reply } from "../../core/http";
import { html } from "../../page/escape";
import type { Charge, PaymentIntent } from "../objects";
import { pounds } from "../pounds";
import { shell } from "./shell";

/** Where a bank asks its customer to confirm a payment. */
export const authenticationPage = (intent: PaymentIntent, returnUrl: string | null): Reply =>
  shell({
    title: "Confirm your payment",
    leadsTo: [returnUrl],
    body: html`
  <main class="card narrow">
    <h1>Confirm your payment</h1>
    <p>Your bank wants to know that it is you who pays <strong>${pounds(intent.amount)}</strong> to Torqueflow.</p>
    <form method="post" class="choices" data-pay>
      <button type="submit" class="button" name="result" value="complete">Complete</button>
      <button type="submit" class="secondary" name="result" value="fail">Fail</button>
    </form>
  </main>`,
  });

const DATE: Intl.DateTimeFormatOptions = { dateStyle: "long", timeZone: "Europe/London" };
const MS = 1_000;

export function receiptPage(charge: Charge): Reply {
  const card = charge.payment_method_details?.card;
  const rows = [
    ["Amount", pounds(charge.amount)],
    ...(charge.amount_refunded > 0 ? [["Refunded", pounds(charge.amount_refunded)]] : []),
    ["Date", new Date(charge.created * MS).toLocaleDateString("en-GB", DATE)],
    ...(card ? [["Card", `${card.brand ?? "card"} ending ${card.last4 ?? ""}`]] : []),
    ["Payment", charge.payment_intent],
  ];
  return shell({
    title: "Receipt from Torqueflow",
    body: html`
  <main class="card narrow">
    <h1>Receipt from Torqueflow</h1>
    <p>${charge.description ?? "Thank you for your payment."}</p>
    <dl>${rows.map(([name = "", value = ""]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
  </main>`,
  });
}
