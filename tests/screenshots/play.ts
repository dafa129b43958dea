import type { SandboxClient } from "../sandbox/client";

/** Customers ring and write to a garage without credits, so that inbox and call log have something to show. */
export async function play(sandbox: SandboxClient): Promise<void> {
  const line = "ironbridge";
  await sandbox.sms({ line, from: "+447700900701", text: "Morning, is the Fiesta ready to collect?" });
  await sandbox.whatsApp(
    { line, from: "+447700900702" },
    { text: "Hi, do you do clutch replacements on a 2016 Qashqai?" },
  );
  await sandbox.sms({ line, from: "+447700900703", text: "Can I move my MOT to Thursday please?" });
  await sandbox.playCall({
    line,
    from: "+447700900704",
    says: ["It is Dave Marsh.", "07700 900704. My van will not start, could you ring me back?"],
    seconds: 75,
  });
  const until = Date.now() + 30_000;
  while ((await sandbox.pending()) > 0 && Date.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 250));
}
