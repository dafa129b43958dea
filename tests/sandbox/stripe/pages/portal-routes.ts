import type { Reply, SandboxRequest } from "../../core/http";
import type { Route } from "../../core/router";
import { actInPortal, type PortalAction, portalView } from "../billing/portal-actions";
import { runDue } from "../billing/run-due";
import { StripeFailure } from "../errors";
import { addCard } from "../method-objects";
import { attach } from "../payment-methods";
import type { StripeState } from "../state";
import { cardIn, NOTHING_TYPED, typedIn } from "./card-form";
import { portalPage, type Said } from "./portal-page";
import { nothingHere, seeOther } from "./shell";

const MAX_BAYS = 50;

/** What was asked for, or what is wrong with it. */
function actionIn(form: URLSearchParams): PortalAction | string {
  const text = (name: string): string => form.get(name) ?? "";
  const subscription = text("subscription");
  const bays = Number(text("bays"));
  switch (form.get("do")) {
    case "bays":
      if (!Number.isInteger(bays) || bays < 1 || bays > MAX_BAYS) return `Choose 1 to ${MAX_BAYS} bays.`;
      return { do: "bays", subscription, bays };
    case "switch":
      return { do: "switch", subscription, price: text("price") };
    case "cancel":
      return { do: "cancel", subscription };
    case "resume":
      return { do: "resume", subscription };
    case "card":
      return { do: "card", card: text("card") };
    case "pay":
      return { do: "pay", invoice: text("invoice") };
    default:
      return "There is no such button.";
  }
}

/** Saves the card that was typed, and makes it the default. */
function addDefault(state: StripeState, id: string, form: URLSearchParams): Said {
  const typed = typedIn(form);
  const card = cardIn(state, typed);
  if (card.kind === "problem") return { problem: card.text, typed };
  try {
    const { customer } = portalView(state, id).session;
    const method = attach(state, addCard(state, card.data), customer);
    actInPortal(state, id, { do: "card", card: method.id });
    return {};
  } catch (error) {
    if (error instanceof StripeFailure) return { problem: error.message, typed: { ...typed, cvc: "" } };
    throw error;
  }
}

function act(state: StripeState, id: string, form: URLSearchParams): Said {
  if (form.get("do") === "add-card") return addDefault(state, id, form);
  const action = actionIn(form);
  if (typeof action === "string") return { problem: action };
  try {
    actInPortal(state, id, action);
    return {};
  } catch (error) {
    if (error instanceof StripeFailure) return { problem: error.message };
    throw error;
  }
}

function portal(state: StripeState, { method, params, raw }: SandboxRequest): Reply {
  runDue(state);
  const id = params.id ?? "";
  if (!state.customers.get(state.portalSessions.get(id)?.customer ?? "")) return nothingHere();
  if (method === "GET") return portalPage(portalView(state, id));
  const said = act(state, id, new URLSearchParams(raw.toString()));
  if (!said.problem) return seeOther(`/portal/${id}`);
  return portalPage(portalView(state, id), { typed: NOTHING_TYPED, ...said });
}

/** What the address of a portal session leads to. */
export const portalRoutes = (state: StripeState): Route[] =>
  (["GET", "POST"] as const).map((method) => ({
    method,
    path: "/portal/:id",
    type: "page",
    handle: (request) => portal(state, request),
  }));
