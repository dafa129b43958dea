import { expect, it } from "vitest";
import { toEvent } from "./events";

const invoicePaid = (invoice: object) =>
  toEvent({ id: "evt_1", type: "invoice.paid", created: 1, data: { object: { id: "in_1", ...invoice } } })
    .subject;

const OURS = { kind: "subscription", id: "sub_1", invoiceId: "in_1" };

it.each([
  ["as the pinned version has it", { parent: { subscription_details: { subscription: "sub_1" } } }],
  ["as an endpoint of an older version has it", { subscription: "sub_1" }],
  ["whole", { parent: null, subscription: { id: "sub_1" } }],
])("an invoice names its subscription, %s", (_, invoice) => {
  expect(invoicePaid(invoice)).toEqual(OURS);
});

it.each([
  {},
  { parent: null, subscription: null },
  { parent: { quote_details: {} } },
  { subscription: "../etc" },
])("an invoice %j of no subscription is none of ours", (invoice) => {
  expect(invoicePaid(invoice)).toEqual({ kind: "none" });
});
