import type { Reply } from "../../core/http";
import { type Html, html } from "../../page/escape";

const NOT_FOUND = 404;

interface Shell {
  title: string;
  body: Html;
  status?: number;
  /** Where its forms may lead in the end: browsers hold redirects to the same rule. */
  leadsTo?: readonly (string | null)[];
}

const originsOf = (urls: readonly (string | null)[]): string[] => [
  ...new Set(urls.flatMap((url) => (url && URL.canParse(url) ? [new URL(url).origin] : []))),
];

const policy = (origins: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `form-action ${["'self'", ...origins].join(" ")}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

/** A page of the sandbox's checkout. */
export function shell({ title, body, status = 200, leadsTo = [] }: Shell): Reply {
  const markup = html`
<html lang="en-GB">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} · Sandbox</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/page/checkout.css">
  <script type="module" src="/page/checkout.js"></script>
</head>
<body>
  <header class="ribbon"><strong>Sandbox</strong> No real money moves here. Use a test card.</header>
  ${body}
</body>
</html>`;
  return {
    kind: "reply",
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy(originsOf(leadsTo)),
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    },
    body: `<!doctype html>${markup}`,
  };
}

/** For an address that leads nowhere. */
export const nothingHere = (): Reply =>
  notice("Nothing here", "This page does not exist, or the sandbox was started again.", null, NOT_FOUND);

/** After a form: the browser asks for the next page. */
export const seeOther = (location: string): Reply => ({
  kind: "reply",
  status: 303,
  headers: { location, "cache-control": "no-store" },
  body: "",
});

/** A page with one thing to say. */
export const notice = (
  title: string,
  text: string,
  link: { href: string; words: string } | null,
  status = 200,
) =>
  shell({
    title,
    status,
    body: html`
  <main class="card narrow">
    <h1>${title}</h1>
    <p>${text}</p>
    ${link ? html`<p><a class="button" href="${link.href}">${link.words}</a></p>` : ""}
  </main>`,
  });
