/** A WhatsApp template in the inbox's own form: what was approved, with its placeholders. */

/** `link` and `call` open something on the customer's phone; a `reply` comes back as a message of theirs. */
export type TemplateButton = {
  readonly kind: "reply" | "link" | "call";
  readonly text: string;
  /** Of a link, perhaps with a placeholder at its end. */
  readonly url?: string;
};

export type TemplateContent = {
  /** Whether placeholders have names ({{first_name}}) or numbers ({{1}}). */
  readonly format: "named" | "positional";
  readonly header: string | null;
  readonly body: string;
  readonly footer: string | null;
  readonly buttons: readonly TemplateButton[];
  /** What the garage wrote as an example when it had the template approved, by variable. */
  readonly examples: Readonly<Record<string, string>>;
};

/** As the provider lists it. */
export type Template = {
  readonly providerId: string;
  readonly name: string;
  /** Such as en_GB. */
  readonly language: string;
  /** Lower case: utility, marketing, authentication. */
  readonly category: string;
  /** Lower case: approved, pending, rejected, paused, disabled … Only an approved one can be sent. */
  readonly status: string;
  readonly content: TemplateContent;
  /** Why it cannot be sent from here although it is approved; null where it can. */
  readonly unusable: string | null;
};

export type TemplatePart = "header" | "body" | "button";

/** A placeholder to be filled in. `key` names it within its template: `body.first_name`, `body.1`, `button.0`. */
export type TemplateVariable = {
  readonly key: string;
  readonly part: TemplatePart;
  /** The placeholder's own name or number. */
  readonly name: string;
  readonly example: string;
};

/** What goes to the provider for one placeholder, in the order of the placeholders. */
export type TemplateParameter = {
  readonly part: TemplatePart;
  /** Of a button: its place, from 0. */
  readonly index?: number;
  /** Of a named placeholder. */
  readonly name?: string;
  readonly text: string;
};

/** What a channel needs to send a template. */
export type TemplateSend = {
  readonly name: string;
  readonly language: string;
  readonly parameters: readonly TemplateParameter[];
};

/** As the customer will see it. */
export type FilledTemplate = {
  readonly header: string | null;
  readonly body: string;
  readonly footer: string | null;
  readonly buttons: readonly TemplateButton[];
};

export type Values = Readonly<Record<string, string>>;

const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g;

const namesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = ""]) => name)),
];

/** Every placeholder of a template, in its order. */
export function variablesOf({ header, body, buttons, examples }: TemplateContent): TemplateVariable[] {
  const of = (part: TemplatePart, key: string, name: string) => ({
    key,
    part,
    name,
    example: examples[key] ?? "",
  });
  const inText = (part: "header" | "body", text: string) =>
    namesIn(text).map((name) => of(part, `${part}.${name}`, name));
  return [
    ...inText("header", header ?? ""),
    ...inText("body", body),
    ...buttons.flatMap(({ url = "" }, index) =>
      namesIn(url).map((name) => of("button", `button.${index}`, name)),
    ),
  ];
}

const filled = (text: string, textFor: (name: string) => string): string =>
  text.replace(PLACEHOLDER, (whole, name: string) => textFor(name) || whole);

/** The template with these values; a placeholder without one stays as it is. */
export function fillTemplate(
  { header, body, footer, buttons }: TemplateContent,
  values: Values,
): FilledTemplate {
  const inPart = (part: string) => (name: string) => values[`${part}.${name}`]?.trim() ?? "";
  return {
    header: header === null ? null : filled(header, inPart("header")),
    body: filled(body, inPart("body")),
    footer,
    buttons: buttons.map((button, index) =>
      button.url === undefined
        ? button
        : { ...button, url: filled(button.url, () => values[`button.${index}`]?.trim() ?? "") },
    ),
  };
}

/** What staff and the AI read of it later. */
export const textOf = ({ header, body, footer }: FilledTemplate): string =>
  [header, body, footer].filter((part) => part !== null && part !== "").join("\n\n");

/** The parameters that the provider is given; the values have been checked. */
export function parametersOf(content: TemplateContent, values: Values): TemplateParameter[] {
  return variablesOf(content).map(({ key, part, name }) => ({
    part,
    ...(part === "button" && { index: Number(key.split(".")[1]) }),
    ...(part !== "button" && content.format === "named" && { name }),
    text: values[key]?.trim() ?? "",
  }));
}

const MAX_HEADER = 60;
const MAX_BODY = 1_024;
const MAX_URL = 2_000;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** What is wrong with one value by itself. Source: Meta, "Template components" and error 132018 */
function faultOf(part: TemplatePart, value: string): string | undefined {
  if (!VISIBLE.test(value)) return "Fill this in: WhatsApp refuses an empty one.";
  if (/[\n\r\t\v\f\u2028\u2029]/.test(value)) return "Write this in one line, without tabs.";
  if (/ {4,}/.test(value.trim())) return "Use at most three spaces in a row.";
  if (/\{\{|\}\}/.test(value)) return "Leave out the double braces.";
  if (part === "button" && /\s/.test(value.trim()))
    return "This becomes part of a link: leave out the spaces.";
  return undefined;
}

/** What is wrong with these values, by variable, in words for the field; empty where all can be sent. */
export function faultsOf(content: TemplateContent, values: Values): Readonly<Record<string, string>> {
  const variables = variablesOf(content);
  const faults = Object.fromEntries(
    variables.flatMap(({ key, part }) => {
      const fault = faultOf(part, values[key] ?? "");
      return fault === undefined ? [] : [[key, fault]];
    }),
  );
  const { header, body, buttons } = fillTemplate(content, values);
  const tooLong = (isOf: (variable: TemplateVariable) => boolean, over: number, what: string): void => {
    const longest = variables
      .filter(isOf)
      .sort((a, b) => (values[b.key] ?? "").length - (values[a.key] ?? "").length)[0];
    if (over > 0 && longest)
      faults[longest.key] ??=
        `${what} is ${over} ${over === 1 ? "character" : "characters"} too long: shorten this.`;
  };
  tooLong(({ part }) => part === "header", (header ?? "").length - MAX_HEADER, "The heading");
  tooLong(({ part }) => part === "body", body.length - MAX_BODY, "The text");
  for (const [index, { url = "" }] of buttons.entries())
    tooLong(({ key }) => key === `button.${index}`, url.length - MAX_URL, "The link");
  return faults;
}
