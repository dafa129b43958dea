"use client";

import SunMoon from "lucide-react/icons/sun-moon";
import { Button } from "@/components/ui/button";
import { keepChoice } from "@/components/ui/keep-choice";
import { isTheme, THEME_COLOR, THEME_COOKIE } from "./theme";

/** Switches between light and dark and keeps the choice for a year. Before the first choice the system decides. */
function switchTheme(): void {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const shown = isTheme(root.dataset.theme) ? root.dataset.theme : system;
  const next = shown === "dark" ? "light" : "dark";
  root.dataset.theme = next;
  for (const around of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]'))
    around.content = THEME_COLOR[next];
  keepChoice(THEME_COOKIE, next);
}

export function ThemeButton() {
  return (
    <Button variant="ghost" size="icon" aria-label="Switch between light and dark" onClick={switchTheme}>
      <SunMoon aria-hidden />
    </Button>
  );
}
