import { organisationShown } from "@/components/layout/api";

/** Where a file is. A picture's own request can set no header, so the organisation stands in the address; only in the browser. */
export const mediaAddress = (id: string, purpose: "show" | "save" = "show"): string =>
  `/api/messages/media/${id}?organisation=${organisationShown()}${purpose === "save" ? "&download" : ""}`;
