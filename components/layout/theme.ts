export const THEME_COOKIE = "theme";

export type Theme = "light" | "dark";

export const isTheme = (value: string | undefined): value is Theme => value === "light" || value === "dark";

/** The page's canvas, for what a browser paints around it: `--canvas` of globals.css as browsers take it here. */
export const THEME_COLOR: Readonly<Record<Theme, string>> = { light: "#f8f9fa", dark: "#0e0f12" };
