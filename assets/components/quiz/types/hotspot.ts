import { Choice, inputs, type Option } from "./choice";
import type { Type } from "./type";

/** Areas of a picture. They are chosen on it with a pointer, or in the list of their names. */
export const hotspot: Type = (question, context) => {
  const options = inputs(question).map((o): Option => {
    const twin = question.querySelector(`[data-area="${o.id}"]`);
    if (!twin) return o;
    twin.addEventListener("click", () => o.control.click()); // does nothing while it is disabled
    return { ...o, twin };
  });
  const choice = new Choice(question, context, "mark-missed", options);
  choice.arrange = () => undefined; // the numbers on the picture are in the order of the list
  return choice;
};
