import { all } from "../parts";
import { own, result, type Response, type Result } from "../score";
import type { Answering, Context, Type } from "./type";

/** Statements with the same scale for each. Nothing is right or wrong. */
export const likert: Type = (question, context) => new Likert(question, context);

class Likert implements Answering {
  private readonly inputs: HTMLInputElement[];

  constructor(question: HTMLElement, context: Context) {
    this.inputs = all<HTMLInputElement>(question, ".likert input");
    for (const i of this.inputs) i.addEventListener("change", () => context.changed());
  }

  score(): Result {
    return result({ type: "likert" }, 0, {});
  }

  read(): Response {
    const filled: Record<string, string> = {};
    for (const i of this.inputs) if (i.checked) filled[i.dataset["pair"] ?? ""] = i.value;
    return { filled };
  }

  write({ filled = {} }: Response): void {
    for (const i of this.inputs) i.checked = own(filled, i.dataset["pair"] ?? "") === i.value;
  }

  arrange(): void {}

  lock(locked: boolean): void {
    for (const i of this.inputs) i.disabled = locked;
  }

  mark(): void {}
}
