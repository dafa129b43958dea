import * as d3 from "d3-scale";

// Stands in for d3-scale in recharts (see next.config.ts), with the scales alone that our charts use. A chart that
// needs another one has it exported here.

export const scaleBand = d3.scaleBand;
export const scaleLinear = d3.scaleLinear;
export const scalePoint = d3.scalePoint;
