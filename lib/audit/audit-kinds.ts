import { ACT_KINDS, type ActKind } from "./core/act-kinds";

/** What a page or an address may ask for. */
export const AUDIT_KINDS = Object.keys(ACT_KINDS) as [ActKind, ...ActKind[]];
