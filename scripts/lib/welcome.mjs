// What the demo says once it is up.
import path from "node:path";
import { root } from "./environment.mjs";
import { logsDir } from "./log-file.mjs";

const GARAGES = [
  ["brightside", "Brightside Motors", "active, 1,480 credits"],
  ["lowfell", "Lowfell Garage", "active, 190 credits"],
  ["ironbridge", "Ironbridge Autos", "active, no credits left"],
  ["quayside", "Quayside MOT", "trial, £1.20 of £5.00 spent"],
  ["harbour", "Harbour Tyres", "trial, cap reached"],
  ["oldmill", "Old Mill Garage", "grandfathered"],
  ["showroom", "Showroom Demo", "demonstration, never degrades"],
  ["coldstart", "Coldstart Cars", "frozen by support"],
  ["millbrook", "Millbrook Motors", "payment overdue"],
  ["harrow", "Harrow Lane Autos", "cancelled, purchased credits left"],
];

export function welcome({ appUrl, providersUrl, workerUrl }) {
  const rows = GARAGES.map(([slug, name, state]) => {
    const account = `owner@${slug}.test`.padEnd(25);
    return `    ${account} ${name} (${state})`;
  });
  const logs = path.relative(root, logsDir);
  return `
  Torqueflow is ready:  ${appUrl}
  Play the customer:    ${providersUrl}   (call, WhatsApp or SMS a garage)
  Read the mail:        on the same page, under Mail (sign-up, forgotten password, invitations)

  Sign in as (password for all: torqueflow-demo)
${rows.join("\n")}
    support@torqueflow.test   platform support
  Instead of owner@ also manager@, advisor@ or technician@.

  Requests and jobs are logged in ${logs}/ (app, worker, providers); errors are told here, too.
  Metrics: ${appUrl}/api/metrics and ${workerUrl}/metrics
  Ctrl-C stops everything; the data stays for the next start.
`;
}
