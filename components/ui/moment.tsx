import { formatMoment } from "@/lib/shared/format";

type MomentProps = { readonly at: string; readonly children: string; readonly className?: string };

/** A time as people read it, with the full one behind it. Server and browser may be a minute apart. */
export function Moment({ at, children, className }: MomentProps) {
  return (
    <time dateTime={at} title={formatMoment(at)} className={className} suppressHydrationWarning>
      {children}
    </time>
  );
}
