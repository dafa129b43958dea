import { createHash } from "node:crypto";
import { SAMPLE_TEMPLATES } from "./sample-templates";
import type { Template, TemplateGiven } from "./template";

const idOf = (account: string, name: string, language: string): string =>
  String(createHash("sha256").update(`${account}|${name}|${language}`).digest().readUIntBE(0, 6) + 10 ** 14);

function made(account: string, given: TemplateGiven): Template {
  const { name, language = "en_GB", status = "APPROVED" } = given;
  return {
    id: idOf(account, name, language),
    category: "UTILITY",
    parameter_format: "POSITIONAL",
    components: [],
    quality: "UNKNOWN",
    rejected_reason: status === "REJECTED" ? "PROMOTIONAL" : "NONE",
    ...given,
    language,
    status,
  };
}

/** The templates of each business account: the samples, until the control API changes them. */
export function createTemplates() {
  const byAccount = new Map<string, Template[]>();
  const of = (account: string): Template[] => {
    const known = byAccount.get(account) ?? SAMPLE_TEMPLATES.map((given) => made(account, given));
    byAccount.set(account, known);
    return known;
  };
  const find = (account: string, name: string, language: string): Template | undefined =>
    of(account).find((one) => one.name === name && one.language === language);
  return {
    of,
    find,
    /** Makes one, or changes what is given of one. */
    put: (account: string, given: TemplateGiven): Template => {
      const { name, language = "en_GB" } = given;
      const template = made(account, { ...find(account, name, language), ...given });
      const others = of(account).filter((one) => one.name !== name || one.language !== language);
      byAccount.set(account, [...others, template]);
      return template;
    },
    /** Withdraws one in all its languages, or empties the account where no name is given. */
    remove: (account: string, name?: string): number => {
      const before = of(account);
      const left = name === undefined ? [] : before.filter((one) => one.name !== name);
      byAccount.set(account, left);
      return before.length - left.length;
    },
    reset: () => byAccount.clear(),
  };
}

export type Templates = ReturnType<typeof createTemplates>;
