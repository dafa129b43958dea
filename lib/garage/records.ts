// What a garage keeps of its customers, as far as the AI may use it.

export type GarageCustomer = { readonly id: string; readonly name: string; readonly phone: string | null };

/** A vehicle and the newest work order on it. */
export type VehicleInHand = {
  readonly registration: string;
  readonly description: string;
  readonly work: {
    readonly title: string;
    /** booked, in_progress, waiting_parts, ready or collected. */
    readonly status: string;
    readonly readyAt: Date | null;
  } | null;
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
