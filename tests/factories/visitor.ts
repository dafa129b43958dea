import type { Route } from "@/lib/http/route";

let visitors = 0;

/** An address that nobody else has in this file. */
const freshAddress = (): string => `198.51.${Math.floor(++visitors / 250)}.${(visitors % 250) + 1}`;

/** What a browser without a session posts to a route. Each visitor has an address of their own, unless it is given. */
export function postTo(
  route: Route,
  body: Readonly<Record<string, unknown>>,
  given: {
    readonly address?: string;
    readonly cookie?: string;
    readonly params?: Record<string, string>;
  } = {},
): Promise<Response> {
  const { address = freshAddress(), cookie = "", params = {} } = given;
  const headers = { "content-type": "application/json", "x-client-address": address, cookie };
  const request = new Request("http://127.0.0.1:3000/api", {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  return route(request, { params: Promise.resolve(params) });
}

/** The refusal in an answer. */
export const errorOf = async (response: Response): Promise<Record<string, string>> =>
  ((await response.json()) as { error: Record<string, string> }).error;

/** The cookies that an answer sets, as the browser sends them back. */
export const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");

/** All that a visitor can compare of an answer. */
export const seenOf = async (response: Response): Promise<unknown> => ({
  status: response.status,
  headers: [...response.headers].filter(([name]) => name !== "x-request-id"),
  body: await response.text(),
});
