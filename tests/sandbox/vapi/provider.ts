import { scripted } from "../core/behaviours";
import { json, parseJson, type Reply, record, type SandboxRequest, string } from "../core/http";
import type { HttpProvider } from "../core/providers";
import { bearerOf, same } from "../core/signatures";
import { readAnswer } from "./assistant";
import { ringCustomer } from "./calls";
import { listNumbers, oneNumber } from "./numbers";
import { restCall } from "./payloads";
import type { VapiState } from "./state";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;

const vapiError = (statusCode: number, error: string, message: string): Reply =>
  json(statusCode, { message, error, statusCode });

const NUMBER_ID = "phoneNumberId";

type RestCall = Record<string, unknown>;

const createdAtOf = ({ createdAt }: RestCall): number => Date.parse(String(createdAt));

/** `createdAtGt`, `createdAtLe` and so on, as the API names its bounds. */
function isWithin(call: RestCall, query: URLSearchParams): boolean {
  const at = createdAtOf(call);
  const bound = (name: string) => (query.has(name) ? Date.parse(query.get(name) ?? "") : undefined);
  const [gt, ge, lt, le] = ["createdAtGt", "createdAtGe", "createdAtLt", "createdAtLe"].map(bound);
  return (
    (gt === undefined || at > gt) &&
    (ge === undefined || at >= ge) &&
    (lt === undefined || at < lt) &&
    (le === undefined || at <= le)
  );
}

/** The newest first. */
const callsOf = ({ calls, kept, sandbox }: VapiState): RestCall[] =>
  [...kept, ...[...calls.values()].reverse().map((call) => restCall(call, sandbox.clock.now()))].sort(
    (one, other) => createdAtOf(other) - createdAtOf(one),
  );

function list(state: VapiState, query: URLSearchParams): Reply {
  const limit = Math.min(MAX_LIMIT, Number(query.get("limit")) || DEFAULT_LIMIT);
  const is = (call: RestCall, name: string) => !query.has(name) || query.get(name) === call[name];
  const found = callsOf(state).filter(
    (call) => isWithin(call, query) && is(call, NUMBER_ID) && is(call, "id"),
  );
  return json(200, found.slice(0, limit));
}

const E164 = /^\+[1-9]\d{6,14}$/;

/** Source: docs.vapi.ai, "Create Call": an assistant, one of the account's numbers, and whom to ring. */
function create(state: VapiState, { raw }: SandboxRequest): Reply {
  const body = record(parseJson(raw));
  const number = string(record(body.customer).number);
  const line = state.sandbox.lines.list().find(({ vapiNumberId }) => vapiNumberId === body.phoneNumberId);
  const answer = readAnswer({ assistant: body.assistant });
  const problem = !line
    ? `Couldn't Get Phone Number. phoneNumberId ${String(body.phoneNumberId)} Does Not Exist.`
    : !E164.test(number)
      ? "customer.number must be a valid phone number in the E.164 format."
      : answer.kind === "assistant"
        ? undefined
        : "Need Either `assistant`, `assistantId`, `squad`, `squadId`, `workflow`, Or `workflowId`.";
  if (problem !== undefined || !line) return vapiError(400, "Bad Request", problem ?? "");
  const call = ringCustomer(state, line, number, answer);
  return json(201, { ...restCall(call, state.sandbox.clock.now()), status: "queued" });
}

async function handle(
  state: VapiState,
  request: SandboxRequest,
  on: "rest" | "number" = "rest",
): Promise<Reply> {
  const { sandbox } = state;
  if (!same(bearerOf(request.headers.authorization), sandbox.secrets.vapiApiKey))
    return vapiError(
      401,
      "Unauthorized",
      "Invalid Key. Hot tip, you may be using the private key instead of the public key, or vice versa.",
    );
  const { id } = request.params;
  const labels = on === "rest" ? { call: id ?? "" } : { id: id ?? "" };
  const occasion = { provider: "vapi", on, labels } as const;
  const script = await scripted(sandbox.behaviours, occasion, request.gone, []);
  if ("reply" in script) return script.reply;
  if (on === "number") {
    if (id === undefined) return listNumbers(state);
    return (
      oneNumber(state, request) ??
      vapiError(404, "Not Found", `Couldn't Get Phone Number. ${id} Does Not Exist.`)
    );
  }
  if (request.method === "POST") return create(state, request);
  if (id === undefined) return list(state, request.url.searchParams);
  const call = callsOf(state).find((one) => one.id === id);
  return call ? json(200, call) : vapiError(404, "Not Found", `Couldn't Get Call. ${id} Does Not Exist.`);
}

/** Vapi's REST API, as far as lost reports and calls of our own need it: `VAPI_API_BASE=<url>/vapi`. Source: docs.vapi.ai, "List Calls", "Create Call", "Get Call". */
export function vapiProvider(state: VapiState): HttpProvider {
  return {
    name: "vapi",
    prefix: "/vapi",
    routes: [
      { method: "GET", path: "/call", type: "list", handle: (request) => handle(state, request) },
      { method: "POST", path: "/call", type: "create", handle: (request) => handle(state, request) },
      { method: "GET", path: "/call/:id", type: "get", handle: (request) => handle(state, request) },
      {
        method: "GET",
        path: "/phone-number",
        type: "numbers",
        handle: (request) => handle(state, request, "number"),
      },
      {
        method: "GET",
        path: "/phone-number/:id",
        type: "number",
        handle: (request) => handle(state, request, "number"),
      },
      {
        method: "PATCH",
        path: "/phone-number/:id",
        type: "change-number",
        handle: (request) => handle(state, request, "number"),
      },
    ],
    notFound: ({ method, path }) => vapiError(404, "Not Found", `Cannot ${method} ${path}`),
    reset: state.reset,
  };
}
