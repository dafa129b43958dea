import { publicRoute } from "@/lib/http/public-route";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** The process is up. Says nothing of what it depends on. */
export const GET = publicRoute("health", { act: () => ({ status: "ok" }) });
