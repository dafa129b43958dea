import { dropAnnounced, setListening } from "@/lib/credits/balance-cache";
import { ACCOUNT_CHANNEL } from "@/lib/db/announce";
import { type Listener, startListener } from "@/lib/db/listener";
import { deliverLive, LIVE_CHANNEL, parseLive } from "@/lib/notify/live";

/** Keeps this process in step with the others: the gate drops balances that changed, browsers hear what is theirs. */
export function followChanges(): Listener {
  return startListener({
    channels: [ACCOUNT_CHANNEL, LIVE_CHANNEL],
    onState: setListening,
    onNotification: (channel, payload) => {
      if (channel === ACCOUNT_CHANNEL) {
        for (const orgId of dropAnnounced(payload)) deliverLive({ type: "credits/changed", orgId });
        return;
      }
      const event = parseLive(payload);
      if (event) deliverLive(event);
    },
  });
}
