import { json, parseJson, type Reply, record, type SandboxRequest, string } from "../core/http";
import type { Line } from "../core/lines";
import type { VapiState } from "./state";
import { serverUrl } from "./webhooks";

/** Source: docs.vapi.ai, "Get Phone Number" */
function numberOf({ sandbox }: VapiState, line: Line): Record<string, unknown> {
  const { status, serverUrl: url, assistantId } = sandbox.health.of(line.slug).voice;
  const at = url ?? serverUrl(sandbox);
  return {
    id: line.vapiNumberId,
    orgId: "7f2c0b1e-5f4c-4a55-9b62-5a3b8b7a1c11",
    provider: "twilio",
    number: line.phone,
    name: line.name.slice(0, 40),
    status,
    assistantId,
    squadId: null,
    workflowId: null,
    ...(at === "" ? {} : { server: { url: at, timeoutSeconds: 20 } }),
    createdAt: "2026-11-03T09:00:00.000Z",
    updatedAt: "2026-11-03T09:00:00.000Z",
  };
}

const listed = ({ sandbox }: VapiState): Line[] =>
  sandbox.lines.list().filter(({ slug }) => !sandbox.health.of(slug).voice.gone);

/** `GET /phone-number`: all of the account. */
export const listNumbers = (state: VapiState): Reply =>
  json(
    200,
    listed(state).map((line) => numberOf(state, line)),
  );

/** `GET` and `PATCH /phone-number/<id>`; undefined where there is none. */
export function oneNumber(state: VapiState, { method, params, raw }: SandboxRequest): Reply | undefined {
  const line = listed(state).find(({ vapiNumberId }) => vapiNumberId === params.id);
  if (!line) return undefined;
  if (method === "PATCH") {
    const body = record(parseJson(raw));
    const given = string(record(body.server).url);
    state.sandbox.health.change(line.slug, {
      voice: {
        ...(given === "" ? {} : { serverUrl: given }),
        ...("assistantId" in body ? { assistantId: string(body.assistantId) || null } : {}),
      },
    });
  }
  return json(200, numberOf(state, line));
}
