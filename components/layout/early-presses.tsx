/**
 * A button can be seen before React has taken it over, for a second or more on a slow phone, and what is pressed by then
 * would be lost. This keeps the last such press, and presses again once React listens to that button. React marks a button
 * before it listens, and stops the presses in between on their way (`cancelBubble`): those are kept, too.
 */
const KEEP_EARLY_PRESSES = `(() => {
  let kept;
  const isMarked = (button) => Object.keys(button).some((key) => key.startsWith("__reactProps"));
  const look = () => {
    const button = kept;
    if (!button) return;
    if (button.isConnected && !isMarked(button)) return void setTimeout(look, 50);
    kept = undefined;
    button.click();
  };
  const keep = (button) => {
    const isWaiting = kept !== undefined;
    kept = button;
    if (!isWaiting) setTimeout(look, 50);
  };
  addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button) return;
    if (!isMarked(button)) {
      event.preventDefault();
      event.stopPropagation();
      return keep(button);
    }
    const afterReact = () => {
      if (!event.cancelBubble) return;
      event.preventDefault();
      keep(button);
    };
    document.addEventListener("click", afterReact, { capture: true, once: true });
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
