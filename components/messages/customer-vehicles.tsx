"use client";

import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useNow } from "@/components/ui/use-now";
import type { CustomerDto } from "@/lib/inbox/client";
import { formatClock, formatWeekday } from "@/lib/shared/format";
import { motText, plateText, workText } from "./customer-words";

type Vehicle = CustomerDto["vehicles"][number];

export function CustomerVehicles({ vehicles }: Pick<CustomerDto, "vehicles">) {
  const now = useNow();
  return (
    <section aria-labelledby="customer-vehicles" className="grid gap-3">
      <h3 id="customer-vehicles" className="font-medium text-muted text-sm">
        {vehicles.length === 1 ? "Vehicle" : "Vehicles"}
      </h3>
      {vehicles.length === 0 && <p className="text-sm">None on record</p>}
      {vehicles.map((vehicle) => (
        <Vehicle key={vehicle.registration} vehicle={vehicle} now={now} />
      ))}
    </section>
  );
}

function Vehicle({ vehicle, now }: { readonly vehicle: Vehicle; readonly now: Date }) {
  const { registration, description, motDue, openWorkOrders } = vehicle;
  return (
    <div className="grid gap-1 text-sm">
      <p>
        <Plate registration={registration} />
      </p>
      <p className="wrap-anywhere">{description}</p>
      {motDue === null ? <p className="text-muted">MOT date unknown</p> : <Mot motDue={motDue} now={now} />}
      {openWorkOrders.length > 0 && (
        <ul aria-label={`Open work on ${plateText(registration)}`} className="mt-1 grid gap-1.5">
          {openWorkOrders.map((work, nth) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may have one title, and the list is read as a whole
            <li key={nth} className="rounded-md bg-sunken px-2.5 py-1.5">
              <p className="wrap-anywhere font-medium">{work.title}</p>
              <p className="text-muted">{workText(work, now)}</p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Plate({ registration }: Pick<Vehicle, "registration">) {
  return (
    <span className="rounded-sm border border-control bg-sunken px-1.5 py-0.5 font-mono font-semibold tracking-wide">
      {plateText(registration)}
    </span>
  );
}

function Mot({ motDue, now }: { readonly motDue: string; readonly now: Date }) {
  const { text, isOverdue } = motText(motDue, now);
  if (!isOverdue) return <p className="text-muted">{text}</p>;
  return (
    <p className="flex items-center gap-1.5 font-medium text-warn-text">
      <TriangleAlert aria-hidden className="size-4 shrink-0" />
      {text}
    </p>
  );
}

export function NextAppointment({ appointment }: { readonly appointment: CustomerDto["nextAppointment"] }) {
  const now = useNow();
  return (
    <section aria-labelledby="customer-next" className="grid gap-1 text-sm">
      <h3 id="customer-next" className="font-medium text-muted">
        Next appointment
      </h3>
      {appointment === null ? (
        <p>None booked</p>
      ) : (
        <>
          <p className="font-medium">
            {`${formatWeekday(appointment.startsAt, now)}, ${formatClock(appointment.startsAt)}`}
          </p>
          <p className="wrap-anywhere">
            {[appointment.service, appointment.registration && plateText(appointment.registration)]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </>
      )}
    </section>
  );
}
