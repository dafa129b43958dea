import type { Role } from "../permissions";

/** A role as people read it, and in a sentence what it may do. */
export const ROLE_WORDS: Record<Role, { readonly name: string; readonly may: string }> = {
  owner: { name: "Owner", may: "Everything, including buying credits, the audit log and other owners." },
  manager: { name: "Manager", may: "Everything except buying credits, the audit log and owners." },
  advisor: { name: "Advisor", may: "Answers conversations and calls in the inbox and the Voice Dashboard." },
  technician: { name: "Technician", may: "Asks the diagnostic assistant, and nothing else." },
};
