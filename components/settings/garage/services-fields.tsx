"use client";

import ArrowUp from "lucide-react/icons/arrow-up";
import Plus from "lucide-react/icons/plus";
import Trash2 from "lucide-react/icons/trash-2";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { MAX_SERVICE, MAX_SERVICES } from "@/lib/garage/check-garage";

type ServicesFieldsProps = {
  readonly services: readonly string[];
  readonly onChange: (services: readonly string[]) => void;
  readonly problemOf: (nth: number) => string | undefined;
};

/** What the garage does, in the order in which the AI names it. */
export function ServicesFields({ services, onChange, problemOf }: ServicesFieldsProps) {
  const moveUp = (nth: number) =>
    onChange(
      services.map((service, at) =>
        at === nth - 1 ? (services[nth] ?? service) : at === nth ? (services[nth - 1] ?? service) : service,
      ),
    );
  return (
    <div className="grid gap-2">
      {services.length === 0 && <p className="text-muted text-sm">No services are listed.</p>}
      {services.map((service, nth) => {
        const problem = problemOf(nth);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: services have no identity but their place
          <div key={nth} className="grid gap-1">
            <div className="flex items-center gap-1.5">
              <Input
                aria-label={`Service ${nth + 1}`}
                maxLength={MAX_SERVICE}
                value={service}
                onChange={({ target }) =>
                  onChange(services.map((one, at) => (at === nth ? target.value : one)))
                }
                {...(problem ? { "aria-invalid": true, "aria-describedby": `service-${nth}-error` } : {})}
              />
              <Button
                variant="ghost"
                size="icon"
                aria-label={`Move service ${nth + 1} up`}
                disabled={nth === 0}
                onClick={() => moveUp(nth)}
              >
                <ArrowUp aria-hidden />
              </Button>
              <Button
                variant="ghost"
                size="icon"
                aria-label={`Remove service ${nth + 1}`}
                onClick={() => onChange(services.filter((_, at) => at !== nth))}
              >
                <Trash2 aria-hidden />
              </Button>
            </div>
            {problem && (
              <p id={`service-${nth}-error`} className="text-bad-text text-sm">
                {problem}
              </p>
            )}
          </div>
        );
      })}
      <div>
        <Button
          size="sm"
          disabled={services.length >= MAX_SERVICES}
          onClick={() => onChange([...services, ""])}
        >
          <Plus aria-hidden />
          Add a service
        </Button>
      </div>
    </div>
  );
}
