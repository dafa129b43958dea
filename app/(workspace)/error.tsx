"use client";

import { Trouble } from "@/components/layout/trouble";

/** A page failed: the navigation around it stays. */
export default Trouble;
