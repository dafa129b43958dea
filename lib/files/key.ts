import { z } from "zod";

/** Where a file lies: below its organisation, under an id of ours. Never made from anything that a sender chose. */
export type FileKey = string & { readonly brand: "FileKey" };

/** The key of an organisation's file. Throws where either is no uuid, so that no key leads out of the folder. */
export const fileKey = (orgId: string, fileId: string): FileKey =>
  `${z.uuid().parse(orgId)}/${z.uuid().parse(fileId)}` as FileKey;
