import { clsx } from "clsx";
import CornerUpLeft from "lucide-react/icons/corner-up-left";
import ExternalLink from "lucide-react/icons/external-link";
import Phone from "lucide-react/icons/phone";
import { type FilledTemplate, piecesOf, type TemplateButton } from "@/lib/inbox/template-client";
import { type Marked, readMarks } from "./whatsapp-marks";

const ICON = { reply: CornerUpLeft, link: ExternalLink, call: Phone };

/** A template as the customer will see it in WhatsApp: heading, text with its marks, footer, and buttons below. */
export function TemplatePreview({ template }: { readonly template: FilledTemplate }) {
  const { header, body, footer, buttons } = template;
  return (
    <section aria-label="As the customer will see it" className="rounded-lg bg-sunken p-3">
      <div
        className="wrap-anywhere max-w-sm rounded-lg rounded-tl-sm bg-surface px-3.5 py-2.5 shadow-card"
        dir="auto"
      >
        {header && (
          <p className="mb-1 font-semibold">
            <WithMarks text={header} />
          </p>
        )}
        <p className="whitespace-pre-wrap">
          <WithMarks text={body} />
        </p>
        {footer && <p className="mt-1.5 text-muted text-xs">{footer}</p>}
        <TemplateButtons buttons={buttons} className="-mx-3.5 -mb-2.5 mt-2.5" />
      </div>
    </section>
  );
}

type TemplateButtonsProps = { readonly buttons: readonly TemplateButton[]; readonly className: string };

/** Below a template's text, as the customer has them. */
export function TemplateButtons({ buttons, className }: TemplateButtonsProps) {
  if (buttons.length === 0) return null;
  return (
    <ul aria-label="Buttons" className={clsx("divide-y divide-line border-t", className)}>
      {buttons.map((button, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the buttons of one template never change places
        <PreviewButton key={nth} button={button} />
      ))}
    </ul>
  );
}

/** Only shown: here nothing happens when it is pressed. */
function PreviewButton({ button: { kind, text, url } }: { readonly button: TemplateButton }) {
  const Icon = ICON[kind];
  return (
    <li className="flex flex-col items-center px-3 py-2 text-center text-accent text-sm">
      <span className="inline-flex items-center gap-1.5 font-medium">
        <Icon aria-hidden className="size-3.5 shrink-0" />
        <span>{text}</span>
      </span>
      {url !== undefined && (
        <span className="text-muted text-xs">
          <Text text={url} />
        </span>
      )}
    </li>
  );
}

/** A template's text as WhatsApp shows it, with what is not filled in yet marked as a blank. */
export const WithMarks = ({ text }: { readonly text: string }) => <Marks marks={readMarks(text)} />;

function Text({ text }: { readonly text: string }) {
  return piecesOf(text).map((piece, nth) =>
    piece.kind === "blank" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: read anew with each change of the text
      <mark key={nth} className="rounded-sm bg-warn-soft px-1 text-warn-text">
        {piece.text}
      </mark>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: read anew with each change of the text
      <span key={nth}>{piece.text}</span>
    ),
  );
}

function Marks({ marks }: { readonly marks: readonly Marked[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: read anew with each change of the text
  return marks.map((one, nth) => <Mark key={nth} marked={one} />);
}

function Mark({ marked }: { readonly marked: Marked }) {
  switch (marked.kind) {
    case "text":
      return <Text text={marked.text} />;
    case "code":
      return <code className="font-mono text-sm">{marked.text}</code>;
    case "bold":
      return (
        <strong className="font-semibold">
          <Marks marks={marked.inner} />
        </strong>
      );
    case "italic":
      return (
        <em>
          <Marks marks={marked.inner} />
        </em>
      );
    case "struck":
      return (
        <s>
          <Marks marks={marked.inner} />
        </s>
      );
  }
}
