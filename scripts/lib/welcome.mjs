// What the demo says once it is up.
const GARAGES = [
  ["brightside", "Brightside Motors", "active, 1,480 credits"],
  ["lowfell", "Lowfell Garage", "active, 190 credits"],
  ["ironbridge", "Ironbridge Autos", "active, no credits left"],
  ["quayside", "Quayside MOT", "trial, £1.20 of £5.00 spent"],
  ["harbour", "Harbour Tyres", "trial, cap reached"],
  ["oldmill", "Old Mill Garage", "grandfathered"],
  ["showroom", "Showroom Demo", "demonstration, never degrades"],
  ["coldstart", "Coldstart Cars", "frozen by support"],
];

export function welcome(url, providersUrl) {
  const rows = GARAGES.map(([slug, name, state]) => {
    const account = `owner@${slug}.test`.padEnd(25);
    return `    ${account} ${name} (${state})`;
  });
  return `
  Torqueflow is ready:  ${url}
  Play the customer:    ${providersUrl}   (call, WhatsApp or SMS a garage)

  Sign in as (password for all: torqueflow-demo)
${rows.join("\n")}
    support@torqueflow.test   platform support
  Instead of owner@ also manager@, advisor@ or technician@.

  Ctrl-C stops everything; the data stays for the next start.
`;
}
