import { Choice } from "./choice";
import type { Type } from "./type";

/** Several of several options. */
export const multiple: Type = (question, context) => new Choice(question, context, "mark-missed");
