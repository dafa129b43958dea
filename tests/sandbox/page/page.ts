import type { Line } from "../core/lines";
import { type Html, html } from "./escape";
import { PEOPLE } from "./people";

export interface Shown {
  lines: readonly Line[];
  line: string;
  customer: string;
  appUrl: string;
}

const garage = ({ slug, name, phone }: Line, chosen: string): Html => html`
  <label class="choice">
    <input type="radio" name="line" value="${slug}" ${slug === chosen ? html`checked` : ""}>
    <span class="choice-name">${name}</span>
    <span class="choice-number">${phone}</span>
  </label>`;

const person = ({ number, name }: { number: string; name: string }, chosen: string): Html => html`
  <label class="choice">
    <input type="radio" name="customer" value="${number}" data-name="${name}" ${number === chosen ? html`checked` : ""}>
    <span class="choice-name">${name}</span>
    <span class="choice-number">${number}</span>
  </label>`;

/** Somebody who is not on the list, given by the address of the page. */
const peopleWith = (customer: string) =>
  PEOPLE.some(({ number }) => number === customer)
    ? PEOPLE
    : [...PEOPLE, { number: customer, name: "Somebody else" }];

const choosing = ({ lines, line, customer }: Shown): Html => html`
  <section class="column choose" aria-labelledby="choose-title">
    <h2 id="choose-title" class="visually-hidden">Who writes to whom</h2>
    <details open class="group" id="choose-customer">
      <summary><span class="group-label">You are</span> <span class="group-value" id="customer-now"></span></summary>
      <fieldset><legend class="visually-hidden">Customer</legend>${peopleWith(customer).map((one) => person(one, customer))}</fieldset>
      <form id="somebody" class="row">
        <label class="grow"><span class="visually-hidden">Another number</span>
          <input name="number" inputmode="tel" placeholder="+447700900…" pattern="\\+[1-9]\\d{6,14}" title="A number such as +447700900105" required>
        </label>
        <button type="submit">Use</button>
      </form>
    </details>
    <details open class="group" id="choose-line">
      <summary><span class="group-label">You contact</span> <span class="group-value" id="line-now"></span></summary>
      <fieldset><legend class="visually-hidden">Garage</legend>${lines.map((one) => garage(one, line))}</fieldset>
    </details>
  </section>`;

const tab = (id: string, controls: string, words: string, selected: boolean): Html => html`
  <button type="button" role="tab" id="tab-${id}" aria-controls="${controls}" data-tab="${id}"
    aria-selected="${selected ? "true" : "false"}" tabindex="${selected ? 0 : -1}">${words}</button>`;

const phone = (): Html => html`
  <section class="column phone" aria-labelledby="phone-title" data-view="phone">
    <header class="phone-head">
      <div>
        <h2 id="phone-title"></h2>
        <p id="phone-state" class="quiet"></p>
      </div>
      <div role="tablist" aria-label="Channel" class="tabs" data-tabs="channel">
        ${tab("whatsapp", "thread-panel", "WhatsApp", true)}
        ${tab("sms", "thread-panel", "SMS", false)}
        ${tab("voice", "thread-panel", "Call", false)}
      </div>
    </header>
    <div id="thread-panel" class="thread" role="tabpanel" aria-labelledby="tab-whatsapp" tabindex="0"></div>
    <p id="typing" class="typing" hidden><span class="visually-hidden">The garage is typing</span><i></i><i></i><i></i></p>
    <div id="composer" class="composer"></div>
  </section>`;

const behind = (): Html => html`
  <section class="column behind" aria-labelledby="behind-title" data-view="behind">
    <header class="behind-head">
      <h2 id="behind-title" class="visually-hidden">Behind the scenes</h2>
      <div role="tablist" aria-label="Behind the scenes" class="tabs" data-tabs="behind">
        ${tab("log", "panel-log", "Requests", true)}
        ${tab("switches", "panel-switches", "Trouble", false)}
        ${tab("payments", "panel-payments", "Payments", false)}
        ${tab("mail", "panel-mail", "Mail", false)}
      </div>
      <div id="deliveries" class="deliveries"></div>
    </header>
    <div id="panel-log" class="panel" role="tabpanel" aria-labelledby="tab-log"></div>
    <div id="panel-switches" class="panel" role="tabpanel" aria-labelledby="tab-switches" hidden></div>
    <div id="panel-payments" class="panel" role="tabpanel" aria-labelledby="tab-payments" hidden></div>
    <div id="panel-mail" class="panel" role="tabpanel" aria-labelledby="tab-mail" hidden></div>
  </section>`;

/** The page on which a person plays the customer. Everything that changes is filled in by `assets/main.js`. */
export const renderPage = (shown: Shown): string =>
  `<!doctype html>${html`
<html lang="en-GB">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>Play the customer · Torqueflow sandbox</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/page/base.css">
  <link rel="stylesheet" href="/page/columns.css">
  <link rel="stylesheet" href="/page/phone.css">
  <link rel="stylesheet" href="/page/behind.css">
  <script type="module" src="/page/main.js"></script>
</head>
<body data-app-url="${shown.appUrl}" data-shows="phone">
  <header class="top">
    <h1>Play the customer</h1>
    <p class="quiet">Local providers stand in for WhatsApp, SMS, voice, AI, payments and mail.</p>
    <nav class="views" aria-label="View">
      <button type="button" data-show="phone" aria-pressed="true">Phone</button>
      <button type="button" data-show="behind" aria-pressed="false">Behind the scenes</button>
    </nav>
    <div class="time" role="group" aria-label="Time">
      <time id="now"></time>
      <button type="button" data-step="day">Next day</button>
      <button type="button" data-step="month" title="To just past the next renewal: the invoice has been finalised and was tried to be paid">Next month</button>
    </div>
    <a href="${shown.appUrl}" class="top-link">Open Torqueflow</a>
  </header>
  <p id="notice" role="status" aria-live="polite" class="notice" hidden></p>
  <main>${choosing(shown)}${phone()}${behind()}</main>
</body>
</html>`}`;
