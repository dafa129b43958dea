import { randomBytes } from "node:crypto";
import type { Sandbox } from "../core/context";
import type {
  Charged,
  Invoice,
  InvoiceItem,
  InvoicePayment,
  Line,
  PortalConfiguration,
  PortalSession,
  Scheduled,
  Subscription,
  TaxRate,
} from "./billing/objects";
import type { CardOnFile } from "./cards";
import type {
  Charge,
  Customer,
  Dispute,
  PaymentIntent,
  PaymentMethod,
  Price,
  Product,
  Refund,
  SavedAnswer,
  Session,
  StoredEvent,
} from "./objects";
import type { SessionPlan } from "./session-plan";
import { createStore, type Store } from "./store";

/** The request that changes something; events carry it. */
export interface Cause {
  id: string;
  idempotencyKey: string | null;
}

/** What happens to a renewal that is not paid, as set in Stripe's dashboard. */
export interface Retries {
  /** How many days after the attempt before it each retry comes. */
  afterDays: readonly number[];
  /** What becomes of the subscription after the last. */
  finally: "canceled" | "unpaid" | "past_due";
}

const DEFAULT_RETRIES: Retries = { afterDays: [3, 5, 7], finally: "canceled" };

/** What Stripe remembers. */
export interface StripeState {
  sandbox: Sandbox;
  customers: Store<Customer>;
  products: Store<Product>;
  prices: Store<Price>;
  paymentMethods: Store<PaymentMethod>;
  paymentIntents: Store<PaymentIntent>;
  charges: Store<Charge>;
  refunds: Store<Refund>;
  disputes: Store<Dispute>;
  sessions: Store<Session>;
  taxRates: Store<TaxRate>;
  subscriptions: Store<Subscription>;
  invoices: Store<Invoice>;
  invoiceItems: Store<InvoiceItem>;
  invoicePayments: Store<InvoicePayment>;
  portalConfigurations: Store<PortalConfiguration>;
  portalSessions: Store<PortalSession>;
  events: Store<StoredEvent>;
  /** By session. */
  plans: Map<string, SessionPlan>;
  /** What is behind a payment method, by its id. */
  cards: Map<string, CardOnFile>;
  /** Customers that were there. */
  deleted: Set<string>;
  retries: Retries;
  /** What a customer chose for the period's end, by subscription. */
  scheduled: Map<string, Scheduled>;
  /** What pending invoice items charge, by their ids. */
  pending: Map<string, Charged>;
  /** The lines of previews that are longer than an answer, by their ids. */
  previews: Map<string, Line[]>;
  /** Subscriptions of which it was told that their trial will end. */
  warned: Set<string>;
  /** Answers by idempotency key. */
  answers: Map<string, SavedAnswer>;
  /** Ends the wait of each answer that is late. */
  late: Set<() => void>;
  /** Null while nobody asked by API: a customer on a page, or the bank. */
  cause: Cause | null;
  /** Never the same again, not even after a reset: the application keeps the ids it saw. */
  newId: (prefix: string) => string;
  /** The moment that is being played, in seconds, where it is not the clock's. */
  playing: number | null;
  /** Seconds since 1970, as Stripe writes times. */
  now: () => number;
  reset: () => void;
}

const MS = 1_000;
const DIGITS = 6;

/** `seed` puts in what is there from the start, and again after each reset. */
export function createStripeState(sandbox: Sandbox, seed: (state: StripeState) => void): StripeState {
  const run = randomBytes(6).toString("hex");
  let lastNumber = 0;
  const stores = {
    customers: createStore<Customer>(),
    products: createStore<Product>(),
    prices: createStore<Price>(),
    paymentMethods: createStore<PaymentMethod>(),
    paymentIntents: createStore<PaymentIntent>(),
    charges: createStore<Charge>(),
    refunds: createStore<Refund>(),
    disputes: createStore<Dispute>(),
    sessions: createStore<Session>(),
    taxRates: createStore<TaxRate>(),
    subscriptions: createStore<Subscription>(),
    invoices: createStore<Invoice>(),
    invoiceItems: createStore<InvoiceItem>(),
    invoicePayments: createStore<InvoicePayment>(),
    portalConfigurations: createStore<PortalConfiguration>(),
    portalSessions: createStore<PortalSession>(),
    events: createStore<StoredEvent>(),
  };
  const maps = {
    plans: new Map<string, SessionPlan>(),
    cards: new Map<string, CardOnFile>(),
    deleted: new Set<string>(),
    answers: new Map<string, SavedAnswer>(),
    pending: new Map<string, Charged>(),
    warned: new Set<string>(),
    scheduled: new Map<string, Scheduled>(),
    previews: new Map<string, Line[]>(),
  };
  const state: StripeState = {
    sandbox,
    ...stores,
    ...maps,
    late: new Set(),
    cause: null,
    retries: DEFAULT_RETRIES,
    playing: null,
    newId: (prefix) => {
      lastNumber += 1;
      return `${prefix}_${run}${String(lastNumber).padStart(DIGITS, "0")}`;
    },
    now: () => state.playing ?? Math.floor(sandbox.clock.time() / MS),
    reset: () => {
      for (const letGo of state.late) letGo();
      for (const part of [...Object.values(stores), ...Object.values(maps)]) part.clear();
      state.retries = DEFAULT_RETRIES;
      seed(state);
    },
  };
  seed(state);
  return state;
}
