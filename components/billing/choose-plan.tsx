"use client";

import dynamic from "next/dynamic";
import { ChooserSkeleton } from "./chooser-frame";

/** Choose Your Plan: only trials and cancelled garages get its script. */
export const PlanChooser = dynamic(() => import("./plan-chooser"), { loading: () => <ChooserSkeleton /> });
