"use client";

import { Fragment } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Switch } from "@/components/ui/switch";
import { KEYS, type KeyGroup, SECOND_KEY } from "./keys";
import { setSingleKeys, useSingleKeys } from "./keys-setting";

const ID = "keys";
const GROUPS: readonly KeyGroup[] = ["List", "Conversation", "Everywhere"];
const SIGNS: Readonly<Record<string, string>> = { ArrowDown: "↓", ArrowUp: "↑" };

/** All keys of the inbox, and the switch for single letters. */
export default function KeysOverlay({ onClose }: { readonly onClose: () => void }) {
  const letters = useSingleKeys();
  return (
    <Dialog id={ID} title="Keyboard shortcuts" onClose={onClose}>
      <div id={`${ID}-text`}>
        <p className="mt-1 text-muted text-sm">
          Enter opens the conversation that has the focus. At the start of a reply, / offers canned responses.
        </p>
        <label
          htmlFor={`${ID}-single`}
          className="my-3 flex items-center justify-between gap-4 border-y py-3"
        >
          <span>
            <span className="block font-medium">Single keys</span>
            <span className="block text-muted text-sm">
              Letters and signs, while nothing is being typed. Kept on this device.
            </span>
          </span>
          <Switch
            id={`${ID}-single`}
            checked={letters}
            onChange={(event) => setSingleKeys(event.target.checked)}
          />
        </label>
      </div>
      {GROUPS.map((group) => (
        <section key={group} className="mt-4">
          <h3 className="font-medium text-sm">{group}</h3>
          <dl className="mt-1 grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1.5 text-sm">
            {KEYS.filter((one) => one.group === group).map(({ action, keys, label }) => (
              <Fragment key={action}>
                <dt className="text-muted">{label}</dt>
                <dd className="text-right">
                  {keys.map((key, nth) => (
                    <Fragment key={key}>
                      {nth > 0 && <span className="text-faint"> or </span>}
                      <Pressed keys={key} />
                    </Fragment>
                  ))}
                </dd>
              </Fragment>
            ))}
          </dl>
        </section>
      ))}
      <div className="mt-5 flex justify-end">
        <Button onClick={onClose}>Close</Button>
      </div>
    </Dialog>
  );
}

/** Keys held together stand side by side; those pressed one after the other have a word between them. */
function Pressed({ keys }: { readonly keys: string }) {
  return keys.split(/([ +])/).map((part, nth) =>
    part === "+" || part === SECOND_KEY ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the table does not change
      <span key={nth} className="text-faint">
        {part === "+" ? " + " : " then "}
      </span>
    ) : (
      <kbd
        // biome-ignore lint/suspicious/noArrayIndexKey: the table does not change
        key={nth}
        className="inline-block min-w-5 rounded-sm border border-line bg-sunken px-1 text-center font-sans text-xs"
      >
        {SIGNS[part] ?? part}
      </kbd>
    ),
  );
}
