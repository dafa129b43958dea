import { env } from "@/lib/shared/env";

/** The demo's accounts, whose password is public, are served only where TORQUEFLOW_DEMO=1. */
export const isServed = ({ demo }: { readonly demo: boolean }): boolean => !demo || env().TORQUEFLOW_DEMO;
