import http from "node:http";
import { spread } from "../statistics";

/** One database with what serves it. */
export type Served = { readonly url: string; readonly cookie: string };

const PATH = "/settings/billing";
/** Stands in the HTML only where the trend was read and has usage to draw. */
const DRAWN = "Credits used each day of this cycle,";

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

type Got = { readonly html: string; readonly ms: number };

/** Requests the page, and reads it to its last byte: the blocks stream in as their queries answer. */
function getPage({ url, cookie }: Served): Promise<Got> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const request = http.get(`${url}${PATH}`, { agent, headers: { cookie } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", reject);
      response.once("end", () => {
        const ms = performance.now() - began;
        if (response.statusCode === 200) resolve({ ms, html: Buffer.concat(chunks).toString() });
        else reject(new Error(`${PATH} answered ${response.statusCode}`));
      });
    });
    request.once("error", reject);
  });
}

/** Throws unless the page shows what an owner is to see: a refusal would be fast. */
export async function expectDashboard(served: Served): Promise<void> {
  const { html } = await getPage(served);
  if (!html.includes(DRAWN)) throw new Error(`${served.url}${PATH} shows no trend`);
}

/** The median server time of each, in ms, the requests taking turns. */
export async function timePages(big: Served, small: Served, requests: number) {
  const times = new Map<Served, number[]>([
    [big, []],
    [small, []],
  ]);
  for (let request = 0; request < requests; request++)
    for (const served of request % 2 === 0 ? [big, small] : [small, big])
      times.get(served)?.push((await getPage(served)).ms);
  const median = (served: Served): number => spread(times.get(served) ?? []).median;
  return { "Billing page": median(big), "Billing page, small": median(small) };
}
