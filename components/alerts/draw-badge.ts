"use client";

/** Twice what a sharp screen shows, so that the browser scales it down. */
const SIZE = 64;
const HEIGHT = 42;
const GAP = 4;
const ICON = "/icon-192.png";
/** Read in light and in dark, on our dark icon and beside it: the colour of what wants a person, white on it at 5:1. */
const COLOUR = { badge: "#c2410c", text: "#ffffff" };

/** Our icon with a sign at its lower right, as an address; undefined where the browser draws none. */
export async function drawBadge(text: string): Promise<string | undefined> {
  const canvas = document.createElement("canvas");
  canvas.width = SIZE;
  canvas.height = SIZE;
  const context = canvas.getContext("2d");
  const icon = new Image();
  icon.src = ICON;
  const isLoaded = await icon.decode().then(
    () => true,
    () => false,
  );
  if (!context || !isLoaded) return undefined;
  context.drawImage(icon, 0, 0, SIZE, SIZE);
  const width = text.length > 1 ? SIZE - GAP : HEIGHT;
  const left = SIZE - width;
  const top = SIZE - HEIGHT;
  const shape = (around: number) => {
    context.beginPath();
    context.roundRect(left - around, top - around, width + 2 * around, HEIGHT + 2 * around, HEIGHT / 2);
    context.fill();
  };
  // What is behind the tab stands between the icon and the sign, whatever its colour.
  context.globalCompositeOperation = "destination-out";
  shape(GAP);
  context.globalCompositeOperation = "source-over";
  context.fillStyle = COLOUR.badge;
  shape(0);
  context.fillStyle = COLOUR.text;
  context.font = `bold ${HEIGHT - 4}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, left + width / 2, top + HEIGHT / 2 + 2);
  return canvas.toDataURL("image/png");
}
