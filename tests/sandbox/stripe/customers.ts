import type Stripe from "stripe";
import { z } from "zod";
import type { Endpoint } from "./endpoint";
import { noSuch } from "./errors";
import { change, emit } from "./events";
import { listBy } from "./lists";
import type { Customer } from "./objects";
import { address, fullAddress, ignored, mergeMetadata, metadata, type ParamsOf, unsettable } from "./params";
import { tokenOrMethod } from "./payment-methods";
import type { StripeState } from "./state";

const customerParams = z.strictObject({
  address: z.union([z.literal(""), address]).optional(),
  description: unsettable.optional(),
  email: unsettable.optional(),
  invoice_settings: z
    .strictObject({ default_payment_method: unsettable.optional(), footer: unsettable.optional() })
    .optional(),
  metadata: metadata.optional(),
  name: unsettable.optional(),
  payment_method: unsettable.optional(),
  phone: unsettable.optional(),
  preferred_locales: z.array(z.string()).optional(),
  tax_exempt: z.enum(["none", "exempt", "reverse"]).optional(),
  shipping: ignored,
} satisfies ParamsOf<Stripe.CustomerCreateParams>);

type CustomerParams = z.output<typeof customerParams>;

const PREFIX_LENGTH = 8;

const emptyCustomer = (id: string, created: number): Customer => ({
  id,
  object: "customer",
  address: null,
  balance: 0,
  created,
  currency: null,
  customer_account: null,
  default_source: null,
  delinquent: false,
  description: null,
  discount: null,
  email: null,
  invoice_prefix: id.slice(-PREFIX_LENGTH).toUpperCase(),
  invoice_settings: {
    custom_fields: null,
    default_payment_method: null,
    footer: null,
    rendering_options: null,
  },
  livemode: false,
  metadata: {},
  name: null,
  next_invoice_sequence: 1,
  phone: null,
  preferred_locales: [],
  shipping: null,
  tax_exempt: "none",
  test_clock: null,
});

/** The default has to be one of the customer's own. */
function defaultMethod(state: StripeState, before: Customer, params: CustomerParams): string | null {
  const asked = params.invoice_settings?.default_payment_method;
  if (asked === undefined) return before.invoice_settings.default_payment_method;
  if (asked !== null && state.paymentMethods.get(asked)?.customer !== before.id)
    throw noSuch("payment_method", asked, "invoice_settings[default_payment_method]");
  return asked;
}

function patchOf(state: StripeState, before: Customer, params: CustomerParams): Partial<Customer> {
  const { description, email, name, phone, invoice_settings: invoice } = params;
  return {
    ...(description === undefined ? {} : { description }),
    ...(email === undefined ? {} : { email }),
    ...(name === undefined ? {} : { name }),
    ...(phone === undefined ? {} : { phone }),
    ...(params.preferred_locales === undefined ? {} : { preferred_locales: params.preferred_locales }),
    ...(params.tax_exempt === undefined ? {} : { tax_exempt: params.tax_exempt }),
    ...(params.address === undefined
      ? {}
      : { address: params.address === "" ? null : fullAddress(params.address) }),
    metadata: mergeMetadata(before.metadata, params.metadata),
    invoice_settings: {
      ...before.invoice_settings,
      default_payment_method: defaultMethod(state, before, params),
      ...(invoice?.footer === undefined ? {} : { footer: invoice.footer }),
    },
  };
}

/** Where the card is refused the customer is not made either. */
function firstMethod(state: StripeState, { id }: Customer, method: string): string {
  try {
    return tokenOrMethod(state, method, { attachTo: id }).id;
  } catch (error) {
    state.customers.remove(id);
    throw error;
  }
}

export function createCustomer(state: StripeState, params: CustomerParams = {}): Customer {
  const empty = emptyCustomer(state.newId("cus"), state.now());
  const { payment_method: method, invoice_settings: settings, ...rest } = params;
  const customer = state.customers.put({ ...empty, ...patchOf(state, empty, rest) });
  const attached = method ? firstMethod(state, customer, method) : undefined;
  emit(state, "customer.created", customer);
  const asked = settings?.default_payment_method;
  if (asked === undefined) return customer;
  const chosen = asked === method ? (attached ?? null) : asked;
  const patch = patchOf(state, customer, {
    invoice_settings: { ...settings, default_payment_method: chosen },
  });
  return change(state, state.customers, customer, patch);
}

export const updateCustomer = (state: StripeState, before: Customer, params: CustomerParams): Customer =>
  change(state, state.customers, before, patchOf(state, before, params), "customer.updated");

export function customerOf({ customers }: StripeState, id: string, param?: string): Customer {
  const customer = customers.get(id);
  if (!customer) throw noSuch("customer", id, param);
  return customer;
}

export const tombstone = (id: string): Stripe.DeletedCustomer => ({ id, object: "customer", deleted: true });

export const customerEndpoints: readonly Endpoint[] = [
  {
    method: "POST",
    path: "/customers",
    name: "customers.create",
    run: (state, call) => createCustomer(state, call.read(customerParams)),
  },
  {
    method: "GET",
    path: "/customers",
    name: "customers.list",
    run: ({ customers }, { given, path }) => listBy(customers.list(), given, ["email"], path),
  },
  {
    method: "GET",
    path: "/customers/:id",
    name: "customers.retrieve",
    run: (state, { id }) => (state.deleted.has(id) ? tombstone(id) : customerOf(state, id)),
  },
  {
    method: "POST",
    path: "/customers/:id",
    name: "customers.update",
    run: (state, call) => updateCustomer(state, customerOf(state, call.id), call.read(customerParams)),
  },
];
