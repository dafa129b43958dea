// The local providers as a process of their own: `tsx tests/sandbox/run.ts`. Settings: see options.ts.
import { startSandbox } from "./start-sandbox";

try {
  const { url, smtpUrl, stop } = await startSandbox();
  let stopping = false;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(name, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void stop().then(() => process.exit(0));
    });
  console.log(`sandbox ready ${JSON.stringify({ url, smtpUrl })}`);
} catch (error) {
  console.error(`The sandbox did not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
