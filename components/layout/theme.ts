export const THEME_COOKIE = "theme";

export type Theme = "light" | "dark";

export const isTheme = (value: string | undefined): value is Theme => value === "light" || value === "dark";
