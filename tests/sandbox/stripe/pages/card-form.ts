import { type Html, html } from "../../page/escape";
import { findCard, TEST_CARDS } from "../cards";
import type { CardData } from "../method-objects";
import type { StripeState } from "../state";

/** What somebody typed, to be shown again. */
export interface Typed {
  number: string;
  expiry: string;
  cvc: string;
  name: string;
  email: string;
}

export const NOTHING_TYPED: Typed = { number: "", expiry: "", cvc: "", name: "", email: "" };

const CENTURY = 2_000;
const DECEMBER = 12;
const GROUP_LENGTH = 4;

const grouped = (number: string): string =>
  number.match(new RegExp(`.{1,${GROUP_LENGTH}}`, "g"))?.join(" ") ?? number;

interface Field {
  name: keyof Typed;
  label: string;
  value: string;
  autocomplete: string;
  hint: string;
  type?: string;
}

export const field = ({ name, label, value, autocomplete, hint, type = "text" }: Field): Html => html`
  <div class="field">
    <label for="${name}">${label}</label>
    <input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}" placeholder="${hint}"
      ${name === "number" || name === "expiry" || name === "cvc" ? html`inputmode="numeric"` : ""} required>
  </div>`;

/** Number, expiry, code and name of a card. */
export const cardFields = (typed: Typed): Html => html`
  ${field({ name: "number", label: "Card number", value: typed.number, autocomplete: "cc-number", hint: "1234 1234 1234 1234" })}
  <div class="pair">
    ${field({ name: "expiry", label: "Expiry", value: typed.expiry, autocomplete: "cc-exp", hint: "MM / YY" })}
    ${field({ name: "cvc", label: "CVC", value: typed.cvc, autocomplete: "cc-csc", hint: "123" })}
  </div>
  ${field({ name: "name", label: "Name on card", value: typed.name, autocomplete: "cc-name", hint: "Full name" })}`;

/** Buttons that fill in the form marked `data-pay`. */
export const testCards = (): Html => html`
  <details class="test-cards" open>
    <summary>Fill in a test card</summary>
    <ul>
      ${TEST_CARDS.map(
        ({ number, does }) =>
          html`<li><button type="button" data-number="${grouped(number)}"><code>${grouped(number)}</code> <span>${does}</span></button></li>`,
      )}
    </ul>
  </details>`;

export const problemLine = (problem: string | null): Html =>
  html`<p class="problem" role="alert" id="problem" ${problem === null ? html`hidden` : ""}>${problem ?? ""}</p>`;

/** What a form holds of a card. */
export function typedIn(form: URLSearchParams): Typed {
  const text = (name: string): string => (form.get(name) ?? "").trim();
  return {
    number: text("number"),
    expiry: text("expiry"),
    cvc: text("cvc"),
    name: text("name"),
    email: text("email"),
  };
}

/** `12 / 30`, and not in the past. */
function expiryOf(typed: string, now: Date): { expMonth: number; expYear: number } | undefined {
  const [, month = "", year = ""] = /^\s*(\d{1,2})\s*\/?\s*(\d{2}|\d{4})\s*$/.exec(typed) ?? [];
  const [expMonth, expYear] = [Number(month), Number(year) + (year.length === 2 ? CENTURY : 0)];
  const isPast = expYear * DECEMBER + expMonth < now.getUTCFullYear() * DECEMBER + now.getUTCMonth() + 1;
  return expMonth < 1 || expMonth > DECEMBER || isPast ? undefined : { expMonth, expYear };
}

/** The card that was typed, or what is wrong with it. */
export function cardIn(
  state: StripeState,
  typed: Typed,
): { kind: "card"; data: CardData } | { kind: "problem"; text: string } {
  const found = findCard(typed.number);
  if (found.kind === "refused") return { kind: "problem", text: found.message };
  const expiry = expiryOf(typed.expiry, state.sandbox.clock.now());
  if (!expiry) return { kind: "problem", text: "Your card's expiry date is invalid or in the past." };
  if (!/^\d{3,4}$/.test(typed.cvc))
    return { kind: "problem", text: "Your card's security code is incomplete." };
  const email = typed.email === "" ? null : typed.email;
  return { kind: "card", data: { card: found.card, ...expiry, name: typed.name, email } };
}
