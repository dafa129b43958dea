import * as d3 from "d3-scale";

// What recharts finds in place of all of d3-scale (next.config.ts), by these names: the scales of this product's charts.
// A chart that wants another one finds it once it is named here.

export const scaleBand = d3.scaleBand;
export const scaleLinear = d3.scaleLinear;
export const scalePoint = d3.scalePoint;
