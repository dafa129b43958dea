import http from "node:http";

/** `busy`: the share of one core that this process took, to show that it was not what was measured. */
export type Load = { readonly perSecond: number; readonly busy: number; readonly slowestMs: number };

export type Sent = { readonly url: string; readonly headers: Record<string, string>; readonly body?: string };

/** Sends the requests, on so many connections, each of which waits for its answer before the next. */
export async function load(
  requests: readonly Sent[],
  connections: number,
  onAnswer: (body: string) => void = () => {},
): Promise<Load> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const left = requests.values();
  let slowestMs = 0;
  const connection = async (): Promise<void> => {
    for (const request of left) {
      const sentAt = performance.now();
      onAnswer(await send(agent, request));
      slowestMs = Math.max(slowestMs, performance.now() - sentAt);
    }
  };
  const cpu = process.cpuUsage();
  const began = performance.now();
  await Promise.all(Array.from({ length: connections }, connection));
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  agent.destroy();
  return { perSecond: requests.length / seconds, busy: (user + system) / 1e6 / seconds, slowestMs };
}

function send(agent: http.Agent, { url, headers, body }: Sent): Promise<string> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const method = body === undefined ? "GET" : "POST";
    const request = http.request(url, { agent, method, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", reject);
      response.once("end", () =>
        response.statusCode === 200
          ? resolve(Buffer.concat(chunks).toString())
          : reject(new Error(`${url} answered ${response.statusCode}`)),
      );
    });
    request.once("error", reject);
    request.end(body);
  });
}
