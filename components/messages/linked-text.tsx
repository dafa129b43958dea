import { useMemo } from "react";
import { linksIn } from "./links";

/** Words as they were written, with their addresses as links. Nothing is fetched for them. */
export function LinkedText({ text }: { text: string }) {
  const parts = useMemo(() => linksIn(text), [text]);
  return parts.map(({ key, text: part, href }) =>
    href === null ? (
      <span key={key}>{part}</span>
    ) : (
      <a
        key={key}
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow ugc"
        className="underline underline-offset-2 hover:opacity-80"
      >
        {part}
      </a>
    ),
  );
}
