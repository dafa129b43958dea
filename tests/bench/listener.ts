/** Another process of the application: it follows every account, and says at the end how often it was told. */
import { ACCOUNT_CHANNEL } from "@/lib/db/announce";
import { startListener } from "@/lib/db/listener";

let heard = 0;
const listener = startListener({
  channels: [ACCOUNT_CHANNEL],
  onState: (listening) => listening && process.send?.("listening"),
  onNotification: () => {
    heard += 1;
  },
});

process.on("message", () => process.send?.(heard));
process.on("disconnect", () => {
  void listener.stop().finally(() => process.exit());
});
