import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

/** Makes the folder, without the pictures of last time; folders in it stay. */
export function emptyOfPictures(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.endsWith(".png")) rmSync(path.join(folder, name));
}
