import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";

export const buttonStyle = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-md font-medium transition-[background-color,border-color,color,opacity] duration-150 disabled:opacity-50 aria-busy:opacity-70 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-ink text-on-ink enabled:hover:opacity-88 [a&]:hover:opacity-88",
        secondary:
          "border border-line bg-surface text-ink shadow-card enabled:hover:bg-sunken [a&]:hover:bg-sunken",
        ghost:
          "text-muted enabled:hover:bg-sunken enabled:hover:text-ink [a&]:hover:bg-sunken [a&]:hover:text-ink",
        danger: "bg-bad-soft text-bad-text enabled:hover:opacity-80",
      },
      size: {
        sm: "h-8 px-3 text-sm",
        md: "h-9 px-3.5 text-base",
        lg: "h-10 px-4 text-base",
        icon: "size-9",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

type ButtonProps = ComponentProps<"button"> & VariantProps<typeof buttonStyle>;

/** For a button that bears a name, of whatever length. */
export const WRAPS = "h-auto! min-h-9 max-w-full whitespace-normal! py-1.5";

const doNothing: ButtonProps["onClick"] = (event) => event.preventDefault();

/**
 * A button of type "button" unless it says otherwise. `buttonStyle` makes a link look the same. While it is busy it does
 * nothing, and is not disabled: that would take the focus away from whoever has pressed it by key.
 */
export function Button({
  variant,
  size,
  className,
  type = "button",
  disabled,
  onClick,
  ...props
}: ButtonProps) {
  const isBusy = props["aria-busy"] === true;
  return (
    <button
      type={type}
      className={buttonStyle({ variant, size, className })}
      {...props}
      disabled={isBusy ? false : disabled}
      aria-disabled={isBusy || props["aria-disabled"]}
      onClick={isBusy ? doNothing : onClick}
    />
  );
}
