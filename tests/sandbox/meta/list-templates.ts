import { scripted } from "../core/behaviours";
import type { Sandbox } from "../core/context";
import { json, type Reply, type SandboxRequest } from "../core/http";
import { badToken, metaError, unknownObject } from "./errors";
import { isAuthorised } from "./send";
import type { MetaState } from "./state";
import type { Template } from "./template";
import { metaDelivery } from "./webhooks";

const FIELDS: Readonly<Record<string, (template: Template) => unknown>> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  language: ({ language }) => language,
  status: ({ status }) => status,
  category: ({ category }) => category,
  parameter_format: ({ parameter_format }) => parameter_format,
  components: ({ components }) => components,
  quality_score: ({ quality }) => ({ score: quality, date: 1_764_000_000 }),
  rejected_reason: ({ rejected_reason }) => rejected_reason,
};
const USUAL_FIELDS = "name,parameter_format,components,language,status,category,id";
const USUAL_LIMIT = 25;
const MAX_LIMIT = 1_000;

const cursorOf = (index: number): string => Buffer.from(`page:${index}`).toString("base64");
const indexOf = (cursor: string | null): number =>
  Number(/^page:(\d+)$/.exec(Buffer.from(cursor ?? "", "base64").toString())?.[1] ?? -1) + 1;

/** `GET /v24.0/<business account id>/message_templates`, in pages. */
export async function handleTemplates(state: MetaState, request: SandboxRequest): Promise<Reply> {
  const { id = "" } = request.params;
  const { sandbox, templates } = state;
  const labels = { account: id };
  const script = await scripted(
    sandbox.behaviours,
    { provider: "meta", on: "templates", labels },
    request.gone,
    ["error"],
  );
  if ("reply" in script) return script.reply;
  if (!isAuthorised(state, request)) return badToken();
  if (script.effect) return metaError(script.effect.code, script.effect.details);
  const isKnown = sandbox.lines.list().some(({ businessAccountId }) => businessAccountId === id);
  if (!isKnown) return unknownObject("GET", id);
  const query = request.url.searchParams;
  const fields = [
    "id",
    ...(query.get("fields") ?? USUAL_FIELDS).split(",").filter((field) => field !== "id"),
  ];
  const unknown = fields.find((field) => FIELDS[field] === undefined);
  if (unknown !== undefined) return metaError(100, `Tried accessing nonexisting field (${unknown})`);
  const limit = Number(query.get("limit") ?? USUAL_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    return metaError(100, "Param limit is not valid.");
  const status = query.get("status");
  const all = templates.of(id).filter((one) => status === null || one.status === status);
  const from = indexOf(query.get("after"));
  const page = all.slice(from, from + limit);
  const last = from + page.length - 1;
  const next = new URL(request.url);
  next.searchParams.set("after", cursorOf(last));
  const cursors = { before: cursorOf(from), after: cursorOf(last) };
  return json(200, {
    data: page.map((one) => Object.fromEntries(fields.map((field) => [field, FIELDS[field]?.(one)]))),
    paging: {
      cursors: page.length > 0 ? cursors : undefined,
      ...(last + 1 < all.length ? { next: String(next) } : {}),
    },
  });
}

/** Tells the application that a template's status is another one. Source: "message_template_status_update" webhook */
export function tellStatus(sandbox: Sandbox, account: string, template: Template, event: string): void {
  const value = {
    event,
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
    message_template_category: template.category,
    reason: template.rejected_reason,
  };
  sandbox.outbox.enqueue(
    metaDelivery(sandbox, {
      type: "template-status",
      lane: `meta:templates:${account}`,
      labels: { kind: event },
      changes: [{ account, field: "message_template_status_update", value }],
    }),
  );
}
