import { Choice } from "./choice";
import type { Type } from "./type";

/** One of several options. */
export const single: Type = (question, context) => new Choice(question, context, "mark-missed-single");
