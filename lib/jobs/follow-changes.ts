import { dropCached, setListening } from "@/lib/credits/balance-cache";
import { ACCOUNT_CHANNEL, GARAGE_CHANNEL, itemsOf } from "@/lib/db/announce";
import { CLOCK_CHANNEL, followClockSoon, hearClock } from "@/lib/db/database-clock";
import { type Listener, startListener } from "@/lib/db/listener";
import { dropGarage } from "@/lib/garage/garage-changed";
import { deliverClockMoved, deliverLive, LIVE_CHANNEL, noteListening, parseLive } from "@/lib/notify/live";
import { mayMoveClock } from "@/lib/shared/clock";
import { followAnswering } from "./follow-answering";

/** Keeps this process in step with the others: the gate drops changed balances, directories changed
 * garages, browsers get their garage's events. */
export function followChanges(): Listener {
  return startListener({
    channels: [ACCOUNT_CHANNEL, GARAGE_CHANNEL, LIVE_CHANNEL, CLOCK_CHANNEL],
    onState: (listening) => {
      setListening(listening);
      noteListening(listening);
      if (listening) followClockSoon();
    },
    onNotification: (channel, payload) => {
      for (const item of itemsOf(payload)) hear(channel, item);
    },
  });
}

function hear(channel: string, item: string): void {
  if (channel === CLOCK_CHANNEL) {
    hearClock(item);
    deliverClockMoved();
  } else if (channel === ACCOUNT_CHANNEL) {
    dropCached(item);
    deliverLive({ type: "credits/changed", orgId: item });
    void followAnswering(item);
  } else if (channel === GARAGE_CHANNEL) {
    dropGarage(item);
    deliverLive({ type: "garage/changed", orgId: item });
  } else {
    const event = parseLive(item);
    if (event) deliverLive(event);
  }
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
