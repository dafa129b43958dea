import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export type RestMessage = {
  sid: string;
  direction: "inbound" | "outbound-api";
  from: string;
  to: string;
  body: string;
  status: string;
  created: Date;
  errorCode?: number;
  media?: { uri: string; contentType: string }[];
};

const rfc2822 = (at: Date): string => at.toUTCString().replace("GMT", "+0000");

const resource = (message: RestMessage) => ({
  account_sid: process.env.TWILIO_ACCOUNT_SID,
  api_version: "2010-04-01",
  body: message.body,
  date_created: rfc2822(message.created),
  date_sent: rfc2822(message.created),
  date_updated: rfc2822(message.created),
  direction: message.direction,
  error_code: message.errorCode ?? null,
  error_message: null,
  from: message.from,
  messaging_service_sid: null,
  num_media: String(message.media?.length ?? 0),
  num_segments: "1",
  price: null,
  price_unit: "USD",
  sid: message.sid,
  status: message.status,
  to: message.to,
  uri: `/2010-04-01/Accounts/${process.env.TWILIO_ACCOUNT_SID}/Messages/${message.sid}.json`,
});

/** The part of Twilio's REST API that lists and fetches messages, over those given. */
export async function twilioRest(messages: RestMessage[]) {
  const asked: string[] = [];
  const state = { down: false };
  const server = createServer((request, response) => answer(request, response));

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "", "http://twilio");
    asked.push(`${request.method} ${url.pathname.replace(/^.*\/Accounts\/[^/]+/, "")}`);
    if (state.down) response.destroy();
    else json(response, ...read(url));
  }

  function read(url: URL): [status: number, body: unknown] {
    const [, sid, media] = /\/Messages(?:\/(\w+))?(\/Media)?\.json$/.exec(url.pathname) ?? [];
    if (sid === undefined) return [200, listed(url.searchParams)];
    const found = messages.find((message) => message.sid === sid);
    if (!found) return [404, { code: 20404, message: "not found", status: 404 }];
    if (media === undefined) return [200, resource(found)];
    const list = (found.media ?? []).map(({ uri, contentType }) => ({ uri, content_type: contentType }));
    return [200, { media_list: list, next_page_uri: null }];
  }

  function listed(query: URLSearchParams) {
    const matches = messages.filter(
      (message) =>
        [message.to, null].includes(query.get("To")) && [message.from, null].includes(query.get("From")),
    );
    return { messages: matches.map(resource), next_page_uri: null, page: 0 };
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    asked,
    state,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
