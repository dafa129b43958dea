"use client";

import type { MouseEvent } from "react";

const ACCOUNTS = [
  ["owner@brightside.test", "Credits in good shape"],
  ["owner@lowfell.test", "Credits very low"],
  ["owner@ironbridge.test", "No credits remaining"],
  ["owner@quayside.test", "On a trial"],
  ["advisor@brightside.test", "Inbox and calls only"],
] as const;

const PASSWORD = "torqueflow-demo";

function fillIn(event: MouseEvent<HTMLButtonElement>): void {
  const set = (name: string, value: string) => {
    const input = document.querySelector<HTMLInputElement>(`input[name="${name}"]`);
    if (input) input.value = value;
  };
  set("email", event.currentTarget.value);
  set("password", PASSWORD);
  document.querySelector<HTMLButtonElement>('button[type="submit"]')?.focus();
}

/** Only in the demo, whose password is public: each button fills in the form. */
export function DemoAccounts() {
  return (
    <section aria-labelledby="demo-title" className="mt-8 border-t pt-5 text-sm">
      <h2 id="demo-title" className="font-medium">
        Demo accounts
      </h2>
      <p className="mt-0.5 text-muted">
        Choose one to fill in the form. The password is <span className="text-ink">{PASSWORD}</span>.
      </p>
      <ul className="-mx-2.5 mt-2">
        {ACCOUNTS.map(([email, what]) => (
          <li key={email}>
            <button
              type="button"
              value={email}
              onClick={fillIn}
              className="flex w-full flex-wrap justify-between gap-x-4 rounded-md px-2.5 py-1.5 text-left transition-colors hover:bg-sunken"
            >
              <span>{email}</span>
              <span className="text-muted">{what}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
