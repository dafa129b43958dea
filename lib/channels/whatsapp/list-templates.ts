import { z } from "zod";
import type { Template } from "@/lib/inbox/core/template";
import type { TemplateListing } from "@/lib/inbox/read-templates";
import { graphHeaders, graphUrl } from "./graph";
import { readTemplate } from "./read-template";

const FIELDS = "id,name,language,status,category,parameter_format,components";
const PAGE = 100;
/** Meta lets an account have 6,000 templates at most. */
const MAX_PAGES = 60;
const TIMEOUT_MS = 10_000;
/** All pages together. */
const BUDGET_MS = 30_000;

const listing = z.looseObject({
  data: z.array(z.unknown()),
  paging: z
    .looseObject({
      cursors: z.looseObject({ after: z.string().optional() }).optional(),
      next: z.string().optional(),
    })
    .optional()
    .catch(undefined),
});
const refused = z.looseObject({ error: z.looseObject({ code: z.number().int() }) });

/**
 * Every template of a business account, whatever its state, page by page. Never throws: what went wrong is said in
 * words for staff. Needs `whatsapp_business_management`. Source: Meta, "WhatsApp Business Account > Message Templates"
 */
export async function listWhatsAppTemplates(accountId: string): Promise<TemplateListing> {
  const templates: Template[] = [];
  const budget = AbortSignal.timeout(BUDGET_MS);
  let after: string | undefined;
  try {
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const body = await ask(accountId, after, budget);
      const read = listing.safeParse(body);
      if (!read.success) return { kind: "failed", reason: reasonOf(body) };
      const { data, paging } = read.data;
      templates.push(...data.flatMap((one) => readTemplate(one) ?? []));
      after = paging?.cursors?.after;
      if (paging?.next === undefined || after === undefined) break;
    }
    return { kind: "read", templates };
  } catch {
    return { kind: "failed", reason: "WhatsApp did not answer. Try again in a moment." };
  }
}

async function ask(accountId: string, after: string | undefined, budget: AbortSignal): Promise<unknown> {
  const query = new URLSearchParams({ fields: FIELDS, limit: String(PAGE), ...(after && { after }) });
  const response = await fetch(`${graphUrl(accountId, "message_templates")}?${query}`, {
    headers: graphHeaders(),
    redirect: "error",
    signal: AbortSignal.any([budget, AbortSignal.timeout(TIMEOUT_MS)]),
  });
  return response.json().catch(() => undefined);
}

/** By the code alone: an expired token, a missing permission, an account that our token cannot see, too many questions. */
function reasonOf(body: unknown): string {
  const error = refused.safeParse(body);
  switch (error.success ? error.data.error.code : undefined) {
    case 190:
    case 0:
      return "WhatsApp does not accept our access any more. Torqueflow’s support can renew it.";
    case 3:
    case 10:
    case 100:
    case 200:
      return "Torqueflow may not read this account’s templates yet. Torqueflow’s support can ask for the permission.";
    case 4:
    case 80007:
      return "WhatsApp was asked too often. Try again in an hour.";
    default:
      return "WhatsApp could not say which templates there are. Try again in a moment.";
  }
}
