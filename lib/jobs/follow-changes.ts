import { dropAnnounced, setListening } from "@/lib/credits/balance-cache";
import { ACCOUNT_CHANNEL } from "@/lib/db/announce";
import { CLOCK_CHANNEL, followClockSoon, hearClock } from "@/lib/db/database-clock";
import { type Listener, startListener } from "@/lib/db/listener";
import { deliverClockMoved, deliverLive, LIVE_CHANNEL, parseLive } from "@/lib/notify/live";
import { mayMoveClock } from "@/lib/shared/clock";

/** Keeps this process in step with the others: the gate drops changed balances, browsers get their garage's events. */
export function followChanges(): Listener {
  return startListener({
    channels: [ACCOUNT_CHANNEL, LIVE_CHANNEL, CLOCK_CHANNEL],
    onState: (listening) => {
      setListening(listening);
      if (listening) followClockSoon();
    },
    onNotification: (channel, payload) => {
      if (channel === ACCOUNT_CHANNEL) {
        for (const orgId of dropAnnounced(payload)) deliverLive({ type: "credits/changed", orgId });
        return;
      }
      if (channel === CLOCK_CHANNEL) {
        hearClock(payload);
        deliverClockMoved();
        return;
      }
      const event = parseLive(payload);
      if (event) deliverLive(event);
    },
  });
}

/** The one announcement that a worker listens for: that the clock was moved, where it may be. */
export function listenToClock(): Listener | undefined {
  if (!mayMoveClock()) return undefined;
  return startListener({
    channels: [CLOCK_CHANNEL],
    onState: (listening) => {
      if (listening) followClockSoon();
    },
    onNotification: (_channel, payload) => hearClock(payload),
  });
}
