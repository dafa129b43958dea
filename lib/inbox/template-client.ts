import { queryOptions } from "@tanstack/react-query";
import {
  type FilledTemplate,
  faultsOf,
  fillTemplate,
  type TemplateButton,
  type TemplateContent,
  type TemplateSend,
  type Values,
  variablesOf,
} from "./core/template";
import type { TemplateDto, TemplatesDto } from "./list-templates";

export type { FilledTemplate, TemplateButton, TemplateDto, TemplatesDto, Values };

/** The templates that can be sent in a conversation. Its key begins like every query of the inbox. */
export const templatesQuery = (conversationId: string) =>
  queryOptions<TemplatesDto>({ queryKey: ["messages", `templates?conversation=${conversationId}`] });

export const REFRESH_PATH = "/api/messages/templates/refresh";

export const templatePath = (conversationId: string): string =>
  `/api/messages/conversations/${conversationId}/template`;

/** As the customer will see it with these values; the server fills it by the same rule. */
export const previewOf = (content: TemplateContent, values: Values): FilledTemplate =>
  fillTemplate(content, values);

/** What the server would refuse, by variable, in its own words. */
export const faultsIn = (content: TemplateContent, values: Values): Readonly<Record<string, string>> =>
  faultsOf(content, values);

/** One that was sent, as it is in the list now, and what its placeholders were filled with; undefined where it is gone. */
export function sentAgain(
  templates: readonly TemplateDto[],
  { name, language, parameters }: TemplateSend,
): { readonly templateId: string; readonly values: Values } | undefined {
  const template = templates.find((one) => one.name === name && one.language === language);
  if (!template) return undefined;
  const filled = variablesOf(template.content).map(({ key }, nth) => [key, parameters[nth]?.text ?? ""]);
  return { templateId: template.id, values: Object.fromEntries(filled) };
}

/** "appointment_reminder" as people read it. */
export const titleOf = (name: string): string => {
  const words = name.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** A placeholder as people read it: "First name", or "Placeholder 2" of a numbered one. */
export const placeholderTitle = (name: string): string =>
  /^\d+$/.test(name) ? `Placeholder ${name}` : titleOf(name);

type TextPiece = { readonly kind: "text" | "blank"; readonly text: string };

/** A text at its placeholders: "Hi {{1}}, your" is "Hi ", the blank "Placeholder 1", and ", your". */
export const piecesOf = (text: string): readonly TextPiece[] =>
  text.split(/\{\{\s*(\w+)\s*\}\}/).flatMap((part, nth): TextPiece[] => {
    if (nth % 2 === 1) return [{ kind: "blank", text: placeholderTitle(part) }];
    return part === "" ? [] : [{ kind: "text", text: part }];
  });

/** Those in whose name or words everything that was typed occurs. */
export function searchTemplates(templates: readonly TemplateDto[], typed: string): readonly TemplateDto[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return templates.filter(({ name, content: { header, body } }) => {
    const text = `${titleOf(name)} ${name} ${header ?? ""} ${body}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
