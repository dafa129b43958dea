// What a garage keeps of its customers, as far as the AI and whoever answers them use it.

export type GarageCustomer = { readonly id: string; readonly name: string; readonly phone: string | null };

export type WorkOrder = {
  readonly title: string;
  /** booked, in_progress, waiting_parts, ready or collected. */
  readonly status: string;
  readonly readyAt: Date | null;
};

/** A vehicle and the newest work order on it. */
export type VehicleInHand = {
  readonly registration: string;
  readonly description: string;
  readonly work: WorkOrder | null;
};

export type NextAppointment = { readonly service: string; readonly startsAt: Date };

export type BookedAppointment = NextAppointment & {
  readonly customerName: string;
  /** Upper case, without spaces. */
  readonly registration: string | null;
  /** The requests that booked or moved it. */
  readonly requestIds: readonly string[];
  /** Its service and vehicle, as they were first asked for. */
  readonly bookingKey: string;
};

/** What whoever answers a customer should know: the vehicles, at most ten, by registration, and what comes next. */
export type CustomerRecord = GarageCustomer & {
  readonly email: string | null;
  readonly vehicles: readonly {
    readonly registration: string;
    readonly description: string;
    /** "2026-12-03"; null where it is not known. */
    readonly motDue: string | null;
    /** The newest first, at most five: everything that was not collected. */
    readonly openWorkOrders: readonly WorkOrder[];
  }[];
  readonly nextAppointment: (NextAppointment & { readonly registration: string | null }) | null;
};
