import { Choice } from "./choice";
import type { Type } from "./type";

/** True or false, always in this order. */
export const trueFalse: Type = (question, context) => {
  const choice = new Choice(question, context, "mark-missed-single");
  choice.arrange = () => undefined;
  return choice;
};
