import { scripted } from "../core/behaviours";
import { json, type Reply, type SandboxRequest } from "../core/http";
import type { Line } from "../core/lines";
import { badToken, metaError, unknownObject } from "./errors";
import { isAuthorised } from "./send";
import type { MetaState } from "./state";

/** "+44 113 496 0001": Meta writes a number in groups. */
const grouped = (phone: string): string => phone.replace(/^(\+\d\d)(\d{3})(\d{3})(\d+)$/, "$1 $2 $3 $4");

const WEBHOOK_PATH = "/api/webhooks/whatsapp";
const USUAL_FIELDS = "verified_name,code_verification_status,display_phone_number,quality_rating,id";

/** Source: "WhatsApp Business Phone Number" node, v24.0, and "Webhooks overrides" (`webhook_configuration`). */
function nodeOf({ sandbox }: MetaState, line: Line): Record<string, unknown> {
  const {
    webhook,
    gone: _gone,
    subscribed: _subscribed,
    verified_name,
    ...health
  } = sandbox.health.of(line.slug).whatsapp;
  return {
    ...health,
    id: line.whatsAppNumberId,
    display_phone_number: grouped(line.phone),
    verified_name: verified_name ?? line.name,
    whatsapp_business_manager_messaging_limit: health.messaging_limit_tier,
    platform_type: "CLOUD_API",
    throughput: { level: "STANDARD" },
    is_official_business_account: false,
    account_mode: "LIVE",
    webhook_configuration: {
      application: `${sandbox.settings().publicUrl}${WEBHOOK_PATH}`,
      ...(webhook === null ? {} : { phone_number: webhook }),
    },
  };
}

/** A number of ours by Meta's id of it; undefined where it is something else, such as a file. */
export const numberNamed = ({ sandbox }: MetaState, id: string): Line | undefined =>
  sandbox.lines.list().find(({ whatsAppNumberId }) => whatsAppNumberId === id);

/** `GET /v24.0/<phone number id>?fields=…`. */
export async function handleNumber(state: MetaState, request: SandboxRequest, line: Line): Promise<Reply> {
  const refusal = await guarded(state, request, line.slug);
  if (refusal) return refusal;
  if (state.sandbox.health.of(line.slug).whatsapp.gone) return unknownObject("GET", line.whatsAppNumberId);
  const node = nodeOf(state, line);
  const asked = (request.url.searchParams.get("fields") ?? USUAL_FIELDS).split(",");
  const unknown = asked.find((field) => !(field in node));
  if (unknown !== undefined) return metaError(100, `Tried accessing nonexisting field (${unknown})`);
  return json(200, Object.fromEntries([...new Set([...asked, "id"])].map((field) => [field, node[field]])));
}

/** `GET` and `POST /v24.0/<business account id>/subscribed_apps`. Source: "Manage webhooks" */
export async function handleSubscriptions(state: MetaState, request: SandboxRequest): Promise<Reply> {
  const { id = "" } = request.params;
  const { sandbox } = state;
  const owned = sandbox.lines.list().filter(({ businessAccountId }) => businessAccountId === id);
  const [first] = owned;
  const refusal = await guarded(state, request, first?.slug ?? "");
  if (refusal) return refusal;
  if (!first) return unknownObject(request.method, id);
  if (request.method === "POST") {
    for (const { slug } of owned) sandbox.health.change(slug, { whatsapp: { subscribed: true } });
    return json(200, { success: true });
  }
  const app = { id: "670843887433847", link: "https://www.facebook.com/games/?app_id=670843887433847" };
  const isSubscribed = sandbox.health.of(first.slug).whatsapp.subscribed;
  return json(200, {
    data: isSubscribed ? [{ whatsapp_business_api_data: { ...app, name: "Torqueflow" } }] : [],
  });
}

async function guarded(state: MetaState, request: SandboxRequest, line: string): Promise<Reply | undefined> {
  const occasion = { provider: "meta", on: "number", labels: { line } } as const;
  const script = await scripted(state.sandbox.behaviours, occasion, request.gone, ["error"]);
  if ("reply" in script) return script.reply;
  if (!isAuthorised(state, request)) return badToken();
  return script.effect ? metaError(script.effect.code, script.effect.details) : undefined;
}
