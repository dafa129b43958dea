import { isRecord } from "../core/http";
import { refusal } from "./errors";
import { pageOf } from "./lists";
import type { StripeState } from "./state";

function find(state: StripeState, id: string): object | undefined {
  const { customers, products, prices, paymentMethods, paymentIntents, charges, refunds, disputes } = state;
  const { subscriptions, invoices, invoiceItems, sessions } = state;
  const stores = [customers, products, prices, paymentMethods, paymentIntents, charges, refunds, disputes];
  return [...stores, subscriptions, invoices, invoiceItems, sessions]
    .map((store) => store.get(id))
    .find((object) => object !== undefined);
}

/** Lists that an object has only where they are asked for. */
function listOf(state: StripeState, object: Record<string, unknown>, field: string): object | undefined {
  const id = String(object.id);
  if (object.object === "checkout.session" && field === "line_items")
    return pageOf(state.plans.get(id)?.lineItems ?? [], {}, `/v1/checkout/sessions/${id}/line_items`);
  if (object.object === "invoice" && field === "payments") {
    const payments = state.invoicePayments.list().filter(({ invoice }) => invoice === id);
    return pageOf(payments, {}, `/v1/invoice_payments?invoice=${id}`);
  }
  if (object.object === "customer" && field === "subscriptions") {
    const own = state.subscriptions
      .list()
      .filter(({ customer, status }) => customer === id && status !== "canceled");
    return pageOf(own, {}, `/v1/customers/${id}/subscriptions`);
  }
  if (object.object === "charge" && field === "refunds") {
    const refunds = state.refunds.list().filter(({ charge }) => charge === id);
    return pageOf(refunds, {}, `/v1/charges/${id}/refunds`);
  }
  return undefined;
}

function expandOne(
  state: StripeState,
  object: unknown,
  [field = "", ...rest]: readonly string[],
  path: string,
): unknown {
  if (Array.isArray(object)) return object.map((item) => expandOne(state, item, [field, ...rest], path));
  if (!isRecord(object)) return object;
  const list = listOf(state, object, field);
  if (!list && !(field in object))
    throw refusal(`This property cannot be expanded (${path}).`, { param: "expand" });
  const value = list ?? object[field];
  const whole = typeof value === "string" ? (find(state, value) ?? value) : value;
  const inner = rest.length === 0 ? whole : expandOne(state, whole, rest, path);
  return { ...object, [field]: inner };
}

/** Puts whole objects where ids are, as `expand[]` asks for. Source: docs.stripe.com/api/expanding_objects */
export const expand = (state: StripeState, object: object, paths: readonly string[]): unknown =>
  paths.reduce<unknown>((whole, path) => expandOne(state, whole, path.split("."), path), object);
