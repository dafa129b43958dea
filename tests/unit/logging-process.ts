/** A process of ours that logs: `lines` of them, of a size that nobody's buffers hold; then it waits, throws or ends. */
import { endOnUncaught, stopOnSignal } from "@/lib/jobs/stopping";
import { logger } from "@/lib/shared/logger";

const [lines = "0", then] = process.argv.slice(2);

endOnUncaught();
stopOnSignal([]);
for (let line = 1; line <= Number(lines); line++) logger().info({ line, filling: "x".repeat(500) }, "a line");
process.send?.("logged");
if (then === "wait") process.on("message", () => process.send?.("still here"));
else process.disconnect();
if (then === "throw")
  setImmediate(() => {
    throw new Error("nothing catches this");
  });
