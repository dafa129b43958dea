import { Fragment } from "react";

/** Plain text in which `**bold**` is rendered, as models write it anyway. An unfinished mark stays as it is. */
export function AnswerText({ text }: { text: string }) {
  const parts = text.split(/\*\*([^*\n]+)\*\*/);
  return parts.map((part, index) => {
    const key = `${index}-${part.length}`;
    return index % 2 === 1 ? <strong key={key}>{part}</strong> : <Fragment key={key}>{part}</Fragment>;
  });
}
