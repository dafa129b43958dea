import type { AskFate } from "@/lib/inbox/finish-sends";

/**
 * What became of a message of ours whose sending was cut off and of which no status came: Meta has no API that would say,
 * nor one that lists missed webhooks (it delivers those again for days by itself).
 */
export const askMeta: AskFate = async () => ({ kind: "not-known" });
