/** A `summary` without the browser's own mark, and the mark that turns in its place. */
export const SUMMARY =
  "flex w-fit cursor-pointer list-none items-center gap-1 rounded-sm [&::-webkit-details-marker]:hidden";
export const CHEVRON = "size-4 shrink-0 text-faint transition-transform duration-150";
