const TOUCHES = ["pointerover", "keydown", "touchstart"] as const;

/** Runs once as soon as somebody moves towards the page: what they may need is there when they press. Gives back what ends that. */
export function atFirstTouch(run: () => void): () => void {
  const end = () => {
    for (const touch of TOUCHES) removeEventListener(touch, first);
  };
  const first = () => {
    end();
    run();
  };
  for (const touch of TOUCHES) addEventListener(touch, first, { passive: true });
  return end;
}
