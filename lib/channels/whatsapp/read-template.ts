import { z } from "zod";
import type { Template, TemplateButton, TemplateContent } from "@/lib/inbox/core/template";
import { variablesOf } from "@/lib/inbox/core/template";
import { cleanText } from "@/lib/shared/clean-json";
import { isRecord } from "./shapes";

// Meta's list of templates, read tolerantly. What this reader does not know makes a template unusable here, and says
// so; it never makes the list fail. Source: Meta, "Template components"

const MAX_TEXT = 10_000;
/** Meta's own limit. */
const MAX_NAME = 512;

const text = z
  .string()
  .transform((value) => cleanText(value.slice(0, MAX_TEXT)))
  .optional()
  .catch(undefined);
const list = z.array(z.unknown()).catch([]);
const part = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess((value) => (isRecord(value) ? value : {}), z.looseObject(shape));

const listed = part({
  id: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
  name: text,
  language: text,
  category: text,
  status: text,
  parameter_format: text,
  components: list,
});

const example = part({
  header_text: list,
  body_text: list,
  header_text_named_params: list,
  body_text_named_params: list,
});
const component = part({ type: text, format: text, text, buttons: list, example });
const button = part({ type: text, text, url: text, example: z.unknown().optional() });
const namedExample = part({ param_name: text, example: text });

type Component = z.output<typeof component>;
type Read = { readonly content: TemplateContent; readonly unusable: string | null };

/** One item of `data[]`; undefined for what has no id, name, language or status. */
export function readTemplate(given: unknown): Template | undefined {
  const { id, name, language, status, category, parameter_format: format, components } = listed.parse(given);
  if (!id || !name || !language || !status || [id, name, language].some(({ length }) => length > MAX_NAME))
    return undefined;
  const kind = (category ?? "").toLowerCase();
  const { content, unusable } = readContent(
    format?.toUpperCase() === "NAMED" ? "named" : "positional",
    components.map((one) => component.parse(one)),
  );
  return {
    providerId: id,
    name,
    language,
    category: kind,
    status: status.toLowerCase(),
    content,
    unusable:
      kind === "authentication" ? "It is for one-time codes, which are not sent from here." : unusable,
  };
}

function readContent(format: TemplateContent["format"], components: readonly Component[]): Read {
  const reasons: string[] = [];
  const examples: Record<string, string> = {};
  const content = { format, header: null as string | null, body: "", footer: null as string | null };
  let buttons: TemplateButton[] = [];
  for (const one of components) {
    switch (one.type?.toUpperCase()) {
      case "HEADER":
        if (one.format?.toUpperCase() === "TEXT") content.header = one.text ?? "";
        else reasons.push(headerReason(one.format));
        break;
      case "BODY":
        content.body = one.text ?? "";
        break;
      case "FOOTER":
        content.footer = one.text ?? null;
        break;
      case "BUTTONS":
        buttons = one.buttons.map((given, index) => readButton(given, index, examples, reasons));
        break;
      default:
        reasons.push(COMPONENT_REASON[one.type?.toUpperCase() ?? ""] ?? UNKNOWN_PART);
    }
    readExamples(one, examples);
  }
  if (content.body === "") reasons.push("It has no text.");
  const read = { ...content, buttons, examples };
  const links = variablesOf(read).filter(({ part: where }) => where === "button");
  if (new Set(links.map(({ key }) => key)).size < links.length)
    reasons.push("A link of it has several placeholders.");
  return { content: read, unusable: reasons[0] ?? null };
}

const UNKNOWN_PART = "It has a part that can’t be filled in from here.";
const COMPONENT_REASON: Readonly<Record<string, string>> = {
  CAROUSEL: "It is a carousel, which can’t be sent from here.",
  LIMITED_TIME_OFFER: "It is a limited-time offer, which can’t be sent from here.",
};

function headerReason(format: string | undefined): string {
  switch (format?.toUpperCase()) {
    case "IMAGE":
    case "VIDEO":
    case "DOCUMENT":
    case "GIF":
      return "It begins with a file, which can’t be added from here.";
    case "LOCATION":
      return "It begins with a place on the map, which can’t be added from here.";
    default:
      return UNKNOWN_PART;
  }
}

const BUTTON_REASON: Readonly<Record<string, string>> = {
  FLOW: "It opens a form of WhatsApp’s, which can’t be sent from here.",
  COPY_CODE: "It carries an offer code, which can’t be added from here.",
  OTP: "It is for one-time codes, which are not sent from here.",
  CATALOG: "It shows a catalogue, which can’t be sent from here.",
  MPM: "It shows products, which can’t be sent from here.",
  SPM: "It shows a product, which can’t be sent from here.",
};

function readButton(
  given: unknown,
  index: number,
  examples: Record<string, string>,
  reasons: string[],
): TemplateButton {
  const { type, text: words = "", url, example: shown } = button.parse(given);
  switch (type?.toUpperCase()) {
    case "QUICK_REPLY":
      return { kind: "reply", text: words };
    case "URL": {
      const [first] = Array.isArray(shown) ? shown : [shown];
      if (typeof first === "string")
        examples[`button.${index}`] = first.replace((url ?? "").split("{{")[0] ?? "", "");
      return { kind: "link", text: words, url: url ?? "" };
    }
    case "PHONE_NUMBER":
    case "VOICE_CALL":
      return { kind: "call", text: words };
    default:
      reasons.push(
        BUTTON_REASON[type?.toUpperCase() ?? ""] ?? "It has a button that can’t be sent from here.",
      );
      return { kind: "reply", text: words };
  }
}

/** Named ones come with their names; numbered ones as a list, in the body as a list of lists. */
function readExamples({ type, example: given }: Component, examples: Record<string, string>): void {
  const where = type?.toUpperCase() === "HEADER" ? "header" : "body";
  const named = where === "header" ? given.header_text_named_params : given.body_text_named_params;
  for (const one of named) {
    const { param_name: name, example: value } = namedExample.parse(one);
    if (name && value) examples[`${where}.${name}`] = value;
  }
  const [firstOfBody] = given.body_text;
  const numbered = where === "header" ? given.header_text : Array.isArray(firstOfBody) ? firstOfBody : [];
  for (const [index, value] of numbered.entries())
    if (typeof value === "string") examples[`${where}.${index + 1}`] = cleanText(value.slice(0, MAX_TEXT));
}
