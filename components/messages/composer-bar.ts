/** The place at the thread's end where people write; on phones it stays in sight. */
export const COMPOSER_BAR = "border-t bg-surface px-3 py-3 max-md:sticky max-md:bottom-0 max-md:z-10 md:px-6";
