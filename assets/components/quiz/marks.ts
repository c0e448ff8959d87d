import { all } from "./parts";

/** Marks a part of an answer as right, wrong or missed, in words beside it, and shows the feedback that fits. Without words, no mark. */
export function mark(row: HTMLElement, kind: string, words: HTMLElement | undefined, shows: (feedback: HTMLElement) => boolean): void {
  row.querySelector(".mark")?.remove();
  delete row.dataset["mark"];
  const feedback = all(row, ".feedback");
  for (const f of feedback) f.hidden = !shows(f);
  // A row that is there for nothing else goes when there is nothing to say.
  if (row.classList.contains("note")) row.hidden = !words && feedback.every((f) => f.hidden);
  if (!words) return;
  row.dataset["mark"] = kind;
  if (feedback[0]) feedback[0].before(words);
  else row.append(words);
}
