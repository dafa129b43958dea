/**
 * A button can be seen before React has taken it over, for a second or more on a slow phone, and what is pressed by then
 * would be lost. This keeps the last such press, and presses again once React listens to that button.
 */
const KEEP_EARLY_PRESSES = `(() => {
  let kept;
  const isTakenOver = (button) => Object.keys(button).some((key) => key.startsWith("__reactProps"));
  const look = () => {
    const button = kept;
    if (!button) return;
    if (button.isConnected && !isTakenOver(button)) return void setTimeout(look, 50);
    kept = undefined;
    button.click();
  };
  addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button || isTakenOver(button)) return;
    event.preventDefault();
    event.stopPropagation();
    const isWaiting = kept !== undefined;
    kept = button;
    if (!isWaiting) look();
  }, true);
})()`;

/** Comes before everything that can be pressed. `nonce`: that of the page's Content-Security-Policy. */
export function EarlyPresses({ nonce }: { readonly nonce: string | undefined }) {
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {KEEP_EARLY_PRESSES}
    </script>
  );
}
