import { readFileSync } from "node:fs";
import path from "node:path";
import type { Parts } from "../control/parts";
import { json, type Reply, text } from "../core/http";
import type { Route } from "../core/router";
import { renderPage } from "./page";
import { PEOPLE } from "./people";

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/** Everything the page needs; nothing else is served. */
const ASSETS = [
  "base.css",
  "columns.css",
  "phone.css",
  "behind.css",
  "main.js",
  "api.js",
  "dom.js",
  "tabs.js",
  "thread.js",
  "marks.js",
  "composer.js",
  "call.js",
  "log.js",
  "switches.js",
  "troubles.js",
  "mail.js",
  "payments.js",
  "time.js",
  // Of the hosted checkout.
  "checkout.css",
  "checkout.js",
];

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** A mail as its reader's program shows it: no scripts, nothing from elsewhere, links in a window of their own. */
const MAIL_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  "sandbox allow-popups allow-popups-to-escape-sandbox",
].join("; ");

function mailPage({ inbox }: Parts, id: string): Reply {
  const html = inbox.list().find((mail) => mail.id === id)?.html;
  if (!html) return json(404, { error: "No such mail, or it has no HTML part." });
  const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": MAIL_POLICY };
  return {
    kind: "reply",
    status: 200,
    headers: { ...headers, "referrer-policy": "no-referrer" },
    body: html,
  };
}

function asset(name: string): Reply {
  if (!ASSETS.includes(name)) return json(404, { error: "No such file." });
  const content = readFileSync(path.join(import.meta.dirname, "assets", name), "utf8");
  return text(200, content, TYPES[path.extname(name)] ?? "text/plain");
}

/** The page itself at `/`, with `?line=` and `?customer=` to begin with. */
export function pageRoutes(parts: Parts): Route[] {
  const { sandbox } = parts;
  const page = ({ searchParams }: URL): Reply => {
    const lines = sandbox.lines.list();
    const line = sandbox.lines.find(searchParams.get("line") ?? "") ?? lines[0];
    const customer = searchParams.get("customer") ?? "";
    const body = renderPage({
      lines,
      line: line?.slug ?? "",
      customer: /^(\+[1-9]\d{6,14}|\d{3,8})$/.test(customer) ? customer : PEOPLE[0].number,
      appUrl: sandbox.settings().appUrl,
    });
    return {
      kind: "reply",
      status: 200,
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": POLICY,
        "referrer-policy": "no-referrer",
      },
      body,
    };
  };
  return [
    { method: "GET", path: "/", type: "page", handle: ({ url }) => page(url) },
    { method: "GET", path: "/page/:name", type: "page", handle: ({ params }) => asset(params.name ?? "") },
    {
      method: "GET",
      path: "/mail/:id",
      type: "page",
      handle: ({ params }) => mailPage(parts, params.id ?? ""),
    },
    { method: "GET", path: "/health", type: "page", handle: () => json(200, { ok: true }) },
  ];
}
