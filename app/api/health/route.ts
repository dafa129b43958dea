import { route } from "@/lib/http/route";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** The process is up. Says nothing of what it depends on. */
export const GET = route("health", () => Response.json({ status: "ok" }));
