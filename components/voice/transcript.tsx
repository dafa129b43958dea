import { turnsOf } from "./words";

/** What was said, turn by turn. */
export function Transcript({ text, ended }: { text: string | null; ended: boolean }) {
  if (!text)
    return (
      <p className="mt-1 text-muted">
        {ended ? "Nothing was said on this call." : "The transcript appears when the call has ended."}
      </p>
    );
  return (
    <ol className="mt-2 grid gap-3">
      {turnsOf(text).map(({ key, speaker, text: said }) => (
        <li key={key}>
          {speaker && (
            <p
              className={
                speaker === "AI" ? "font-medium text-plum text-xs" : "font-medium text-muted text-xs"
              }
            >
              {speaker}
            </p>
          )}
          <p className="wrap-anywhere whitespace-pre-wrap">{said}</p>
        </li>
      ))}
    </ol>
  );
}
