import { fold, near, numbers } from "./fold";
import { own, result, type Gap, type Range, type Response, type Result, type Scorable } from "./score";

// How dropdowns, texts, numbers and matches become points: the rest of score.ts.

/** What the answer is worth to a question in which one fills in or assigns. */
export function scoreFilled(q: Scorable, { filled = {} }: Response): Result {
  const given = (id: string): string => own(filled, id) ?? "";
  const parts: Record<string, boolean> = {};
  let fraction = 0;
  if (q.type === "numeric") {
    parts[""] = inRange(q.number, given(""));
    fraction = parts[""] ? 1 : 0;
  }
  for (const g of q.gaps ?? []) {
    const worth = g.choices ? Number(g.choices.some((c) => c.correct && c.id === given(g.id))) : accepts(g, given(g.id)).fraction;
    parts[g.id] = worth === 1;
    fraction += worth;
  }
  for (const p of q.pairs ?? []) {
    parts[p.id] = given(p.id) !== "" && given(p.id) === p.choice;
    if (parts[p.id]) fraction++;
  }
  // Divided once, or six sixths would not be one.
  return result(q, fraction / Math.max(1, Object.keys(parts).length), parts);
}

/**
 * The share of the gap's points that a text is worth, and which answer it matched, or -1. What is there exactly goes before what is only
 * near: a wrong answer that is listed may be one letter away from the right one.
 */
export function accepts(g: Gap, text: string): { fraction: number; answer: number } {
  const best = { fraction: 0, answer: -1 };
  const given = fold(text, g.case, g.accents);
  if (given === "") return best;
  for (const typos of [0, g.typos ?? 0]) {
    (g.answers ?? []).forEach((a, i) => {
      const worth = a.fraction / 100;
      if (best.answer >= 0 && worth <= best.fraction) return;
      if (!a.text.split("|").some((t) => near(given, fold(t, g.case, g.accents), typos))) return;
      best.fraction = worth;
      best.answer = i;
    });
    if (best.answer >= 0) break;
  }
  return best;
}

/** Whether a number, however it is written, with its unit or without, is in the range, ends included. */
function inRange(range: Range | undefined, text: string): boolean {
  if (!range) return false;
  const { least, most } = range;
  const slack = 1e-9 * Math.max(1, Math.abs(least), Math.abs(most)); // 0.7 + 0.1 is a little less than 0.8
  const unit = fold(range.unit ?? "", false, true);
  let given = fold(text, false, true);
  if (unit && given.endsWith(unit)) given = given.slice(0, -unit.length);
  return numbers(given).some((n) => n >= least - slack && n <= most + slack);
}
