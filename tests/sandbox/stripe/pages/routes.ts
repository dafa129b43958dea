import type { Reply, SandboxRequest } from "../../core/http";
import type { Route } from "../../core/router";
import { authenticate } from "../attempts";
import { runDue } from "../billing/run-due";
import { BANK_DEBIT } from "../cards";
import type { PaymentIntent, Session } from "../objects";
import { outcomeOf } from "../pay-outcome";
import { type Payer, paySession, returnUrlOf } from "../pay-session";
import { intentOfSession, sessionOfIntent } from "../session-progress";
import type { StripeState } from "../state";
import { cardIn, typedIn } from "./card-form";
import { checkoutPage, closedPage } from "./checkout-page";
import { authenticationPage, receiptPage } from "./other-pages";
import { nothingHere, notice, seeOther } from "./shell";

const pageOf = (session: Session): string => `/checkout/${session.id}`;

function show(state: StripeState, { params, url }: SandboxRequest): Reply {
  runDue(state);
  const session = state.sessions.get(params.id ?? "");
  if (!session) return nothingHere();
  if (session.status !== "open") return closedPage(session);
  const last = intentOfSession(state, session)?.last_payment_error;
  const problem = url.searchParams.has("problem") ? (last?.message ?? null) : null;
  return checkoutPage(state, session, { problem });
}

function pay(state: StripeState, { params, raw }: SandboxRequest): Reply {
  runDue(state);
  const session = state.sessions.get(params.id ?? "");
  if (!session) return nothingHere();
  const form = new URLSearchParams(raw.toString());
  const typed = typedIn(form);
  if (session.status !== "open") return closedPage(session);
  const payer: Payer | ReturnType<typeof cardIn> =
    form.get("method") === BANK_DEBIT ? { kind: "bank-debit" } : cardIn(state, typed);
  if (payer.kind === "problem") return checkoutPage(state, session, { typed, problem: payer.text });
  const result = outcomeOf(paySession(state, session, payer));
  switch (result.outcome) {
    case "paid":
    case "settles-later":
      return seeOther(returnUrlOf(session));
    case "authentication":
      return seeOther(result.url);
    case "declined":
      return checkoutPage(state, session, {
        typed: { ...typed, cvc: "" },
        problem: result.message,
      });
    case "closed":
      return closedPage(session);
  }
}

const DONE = "You can close this page.";

/** Where the customer goes after the bank's page: back into Checkout, or where the application asked. */
function afterwards(state: StripeState, intent: PaymentIntent, returnUrl: string | null): Reply {
  const paid = intent.status === "succeeded" || intent.status === "processing";
  const session = sessionOfIntent(state, intent.id);
  if (session) return seeOther(paid ? returnUrlOf(session) : `${pageOf(session)}?problem=authentication`);
  if (returnUrl === null) return notice(paid ? "Payment confirmed" : "Payment not confirmed", DONE, null);
  const url = new URL(returnUrl);
  url.searchParams.set("payment_intent", intent.id);
  url.searchParams.set("payment_intent_client_secret", intent.client_secret);
  url.searchParams.set("redirect_status", paid ? "succeeded" : "failed");
  return seeOther(url.href);
}

function authenticating(state: StripeState, request: SandboxRequest): Reply {
  runDue(state);
  const intent = state.paymentIntents.get(request.params.id ?? "");
  if (!intent) return nothingHere();
  const session = sessionOfIntent(state, intent.id);
  if (session && session.status !== "open") return closedPage(session);
  if (intent.status !== "requires_action")
    return notice("Nothing to confirm", `This payment does not wait for you any more. ${DONE}`, null);
  const returnUrl = intent.next_action?.redirect_to_url?.return_url ?? null;
  if (request.method === "GET") return authenticationPage(intent, returnUrl);
  const passed = new URLSearchParams(request.raw.toString()).get("result") === "complete";
  return afterwards(state, authenticate(state, intent, passed).intent, returnUrl);
}

/** The pages which customers see: part of the sandbox's own site, not of the API. */
export function checkoutRoutes(state: StripeState): Route[] {
  const page = (method: "GET" | "POST", path: string, handle: Route["handle"]): Route => ({
    method,
    path: `/checkout${path}`,
    type: "page",
    handle,
  });
  return [
    page("GET", "/:id", (request) => show(state, request)),
    page("POST", "/:id", (request) => pay(state, request)),
    page("GET", "/authenticate/:id", (request) => authenticating(state, request)),
    page("POST", "/authenticate/:id", (request) => authenticating(state, request)),
    page("GET", "/receipts/:id", ({ params }) => {
      const charge = state.charges.get(params.id ?? "");
      return charge ? receiptPage(charge) : nothingHere();
    }),
  ];
}
