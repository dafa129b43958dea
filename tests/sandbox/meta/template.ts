export type TemplateStatus = "APPROVED" | "PENDING" | "REJECTED" | "PAUSED" | "DISABLED";

/** As Meta lists it. Source: "Business Management API", message templates */
export interface Template {
  id: string;
  name: string;
  language: string;
  status: TemplateStatus;
  category: string;
  parameter_format: "NAMED" | "POSITIONAL";
  components: readonly Record<string, unknown>[];
  quality: "GREEN" | "YELLOW" | "RED" | "UNKNOWN";
  rejected_reason: string;
}

export type TemplateGiven = Pick<Template, "name"> & Partial<Omit<Template, "name">>;
