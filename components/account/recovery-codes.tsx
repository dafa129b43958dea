"use client";

import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import Download from "lucide-react/icons/download";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { useCopy } from "./use-copy";

type RecoveryCodesProps = {
  readonly id: string;
  readonly email: string;
  readonly codes: readonly string[];
  readonly onDone: () => void;
};

/** Recovery codes, shown this once: to copy, to keep as a file, or to write down. */
export function RecoveryCodes({ id, email, codes, onDone }: RecoveryCodesProps) {
  const { copied, copy } = useCopy(codes.join("\n"));
  const text = useRef<HTMLParagraphElement>(null);
  useEffect(() => text.current?.focus(), []);
  const file = `Torqueflow recovery codes of ${email}\nEach works once, in place of a code of your app.\n\n${codes.join("\n")}\n`;
  return (
    <div className="mt-2 grid gap-4">
      <p ref={text} id={`${id}-text`} tabIndex={-1} className="text-muted outline-none">
        Each of these works once in place of a code of your app, for when you don’t have your phone. Keep them
        somewhere safe: they are not shown again.
      </p>
      <ul className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-md bg-sunken px-4 py-3 font-mono text-base">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button onClick={copy}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          <span>{copied ? "Copied" : "Copy"}</span>
        </Button>
        <Button onClick={() => download(file)}>
          <Download aria-hidden />
          <span>Download</span>
        </Button>
        <Button variant="primary" className="ml-auto" onClick={onDone}>
          I’ve kept them
        </Button>
      </div>
    </div>
  );
}

function download(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = "torqueflow-recovery-codes.txt";
  link.click();
  URL.revokeObjectURL(address);
}
