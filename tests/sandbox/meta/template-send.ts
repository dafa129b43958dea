import { isRecord, record, string } from "../core/http";
import type { Template } from "./template";

/** What a request says of a template. */
export interface TemplateRequest {
  name: string;
  language: string;
  components: readonly unknown[];
}

/** As the customer sees it. */
export interface FilledTemplate {
  text: string;
  buttons: string[];
}

export interface Refusal {
  code: number;
  details?: string;
}

const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g;
const MAX_HEADER = 60;
const MAX_BODY = 1_024;
/** Meta calls an unapproved template unknown, and tells a paused one from a disabled one. */
const REFUSED_AS: Readonly<Record<Template["status"], number | undefined>> = {
  APPROVED: undefined,
  PENDING: 132001,
  REJECTED: 132001,
  PAUSED: 132015,
  DISABLED: 132016,
};

const namesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = ""]) => name)),
];

/** Fills a template as strictly as Meta does. Source: "Send messages" (template), "Error codes" 132000 to 132018 */
export function fillTemplate(
  template: Template | undefined,
  request: TemplateRequest,
): FilledTemplate | Refusal {
  const refusedAs = template ? REFUSED_AS[template.status] : 132001;
  if (!template || refusedAs !== undefined)
    return {
      code: refusedAs ?? 132001,
      ...(refusedAs === 132001
        ? { details: `template name (${request.name}) does not exist in ${request.language}` }
        : {}),
    };
  const parts: string[] = [];
  for (const component of template.components) {
    const kind = string(component.type).toLowerCase();
    if (kind === "buttons") continue;
    if (kind === "header" && component.format !== "TEXT")
      return { code: 132012, details: "header: Format mismatch, expected media, received UNKNOWN" };
    const given = parametersOf(request.components, (one) => string(one.type).toLowerCase() === kind);
    const filled = fillText(template, kind, string(component.text), given);
    if (typeof filled !== "string") return filled;
    if (filled.length > (kind === "header" ? MAX_HEADER : MAX_BODY)) return { code: 132005 };
    parts.push(filled);
  }
  const buttons = fillButtons(template, request);
  return Array.isArray(buttons) ? { text: parts.join("\n\n"), buttons } : buttons;
}

function parametersOf(
  components: readonly unknown[],
  isIt: (one: Record<string, unknown>) => boolean,
): unknown[] {
  const found = components.map(record).find(isIt)?.parameters;
  return Array.isArray(found) ? found : [];
}

function fillText(
  { parameter_format: format }: Template,
  kind: string,
  text: string,
  given: readonly unknown[],
): string | Refusal {
  const wanted = namesIn(text);
  if (given.length !== wanted.length)
    return {
      code: 132000,
      details: `${kind}: number of localizable_params (${given.length}) does not match the expected number of params (${wanted.length})`,
    };
  const values = new Map<string, string>();
  for (const [index, one] of given.entries()) {
    const { type, text: value, parameter_name: name } = record(one);
    const key = format === "NAMED" ? string(name) : String(index + 1);
    if (type !== "text" || !wanted.includes(key) || typeof value !== "string")
      return {
        code: 132012,
        details: `${kind}: Parameter format does not match format in the created template`,
      };
    const wrong = wrongText(kind, value);
    if (wrong) return wrong;
    values.set(key, value);
  }
  return text.replace(PLACEHOLDER, (_, name: string) => values.get(name) ?? "");
}

function wrongText(kind: string, value: string): Refusal | undefined {
  if (value.trim() === "")
    return { code: 131008, details: `Parameter of type text is missing text value in ${kind}` };
  if (!/[\n\t]| {5,}/.test(value)) return undefined;
  return {
    code: 132018,
    details: "Param text cannot have new-line/tab characters or more than 4 consecutive spaces",
  };
}

function fillButtons({ components }: Template, request: TemplateRequest): string[] | Refusal {
  const listed = components.find(({ type }) => type === "BUTTONS")?.buttons;
  const buttons = Array.isArray(listed) ? listed.filter(isRecord) : [];
  for (const [index, { type, url }] of buttons.entries()) {
    const given = parametersOf(
      request.components,
      (one) => string(one.type).toLowerCase() === "button" && String(one.index) === String(index),
    );
    const wanted = type === "URL" ? namesIn(string(url)).length : 0;
    if (type !== "QUICK_REPLY" && given.length !== wanted)
      return {
        code: 132000,
        details: `buttons: number of params (${given.length}) does not match (${wanted})`,
      };
  }
  return buttons.map(({ text }) => string(text));
}
