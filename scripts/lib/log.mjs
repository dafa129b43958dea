// Progress for people: one line per step, and a sign of life every few seconds while it runs.
const TICK_MS = 10_000;

/** @param {NodeJS.WritableStream} stream */
export function createLog(stream = process.stdout) {
  const say = (message) => stream.write(`${message}\n`);
  async function step(title, work) {
    const started = performance.now();
    const elapsed = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
    say(`- ${title} …`);
    const short = lowerFirst(title).replace(/ \(.*\)$/, "");
    const ticker = setInterval(() => say(`  … still ${short}, ${elapsed()}`), TICK_MS);
    try {
      const result = await work();
      if (performance.now() - started > 1000) say(`  done in ${elapsed()}`);
      return result;
    } finally {
      clearInterval(ticker);
    }
  }
  return { say, step };
}

const lowerFirst = (text) => text.charAt(0).toLowerCase() + text.slice(1);

/** An error whose message is all the reader needs: no stack trace is printed for it. */
export class Advice extends Error {}

/** Runs a command's main function; its result is the exit code. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Advice ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
