import { fold, near, numbers } from "./fold";

// How answers become points. Pure, and the same rules as internal/course/score.go: testdata/scoring.json holds both to them.

/** A question as far as scoring needs it. For "order", the options stand in the right order. */
export interface Scorable {
  type: string;
  scoring?: string;
  hintcost?: number;
  options?: readonly Choosable[];
  gaps?: readonly Gap[];
  pairs?: readonly { id: string; choice?: string }[];
  number?: Range;
}

export interface Choosable {
  id: string;
  correct?: boolean;
}

export interface Gap {
  id: string;
  choices?: readonly Choosable[];
  answers?: readonly Answer[];
  case?: boolean;
  accents?: boolean;
  typos?: number;
}

/** An accepted text, or several with | between them, and what per cent of the gap's points it is worth. */
export interface Answer {
  text: string;
  fraction: number;
}

export interface Range {
  least: number;
  most: number;
  unit?: string;
}

/** What a learner answered. */
export interface Response {
  /** The ids of the options chosen; for "order", of all options in the order given. */
  chosen?: readonly string[];
  /** By the id of a gap, pair or statement: what was filled in or assigned. A number and an essay have the id "". */
  filled?: Readonly<Record<string, string>>;
}

export interface Result {
  fraction: number; // from 0 to 1
  parts: Record<string, boolean>; // by option, gap or pair: whether the learner was right about it
  scored: boolean; // false for what has no points
}

/** What an object has under a name itself: an id may be a name such as "constructor" that every object knows. */
export function own<T>(from: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.prototype.hasOwnProperty.call(from, name) ? from[name] : undefined;
}

export function isAnswered(response: Response): boolean {
  return (response.chosen ?? []).length > 0 || Object.values(response.filled ?? {}).some((v) => v.trim() !== "");
}

/** Whether a type has points. */
export function isScored(type: string): boolean {
  return type !== "essay" && type !== "likert";
}

/** What an answer is worth. */
export function score(q: Scorable, { chosen = [], filled = {} }: Response): Result {
  const given = (id: string): string => own(filled, id) ?? "";
  const parts: Record<string, boolean> = {};
  if (!isScored(q.type)) return { fraction: 0, parts, scored: false };
  let fraction = 0;
  switch (q.type) {
    case "true-false":
    case "single":
      choose(q, chosen, parts);
      fraction = chosen.length === 1 && (q.options ?? []).some((o) => o.correct && o.id === chosen[0]) ? 1 : 0;
      break;
    case "multiple":
    case "mark-text":
    case "hotspot":
      fraction = choose(q, chosen, parts);
      break;
    case "order":
      fraction = order(q, chosen, parts);
      break;
    case "dropdowns":
      for (const g of q.gaps ?? []) parts[g.id] = (g.choices ?? []).some((c) => c.correct && c.id === given(g.id));
      fraction = share(parts);
      break;
    case "match":
      for (const p of q.pairs ?? []) parts[p.id] = given(p.id) !== "" && given(p.id) === p.choice;
      fraction = share(parts);
      break;
    case "text":
      for (const g of q.gaps ?? []) {
        const worth = accepts(g, given(g.id)).fraction;
        parts[g.id] = worth === 1;
        fraction += worth;
      }
      fraction /= Math.max(1, (q.gaps ?? []).length);
      break;
    case "numeric":
      parts[""] = inRange(q.number, given(""));
      fraction = parts[""] ? 1 : 0;
  }
  if (q.scoring === "all" && fraction < 1) fraction = 0;
  return { fraction, parts, scored: true };
}

/** Each right choice counts for, each wrong one against, so that choosing everything earns nothing; never below 0. */
function choose(q: Scorable, chosen: readonly string[], parts: Record<string, boolean>): number {
  let points = 0;
  let all = 0;
  for (const o of q.options ?? []) {
    const correct = o.correct === true;
    const is = chosen.includes(o.id);
    parts[o.id] = is === correct;
    if (correct) all++;
    if (is) points += correct ? 1 : -1;
  }
  return all === 0 ? 0 : Math.max(0, points) / all;
}

/** The share of neighbours in the right order that are neighbours, in that order, in the answer too. */
function order(q: Scorable, chosen: readonly string[], parts: Record<string, boolean>): number {
  const options = q.options ?? [];
  let exact = chosen.length === options.length;
  let kept = 0;
  options.forEach((o, i) => {
    const at = chosen.indexOf(o.id);
    parts[o.id] = at === i;
    exact = exact && at === i;
    const before = i > 0 ? chosen.indexOf(options[i - 1]!.id) : -1;
    if (before >= 0 && at === before + 1) kept++;
  });
  if (exact) return 1;
  return q.scoring === "exact" || options.length < 2 ? 0 : kept / (options.length - 1);
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

function share(parts: Record<string, boolean>): number {
  const all = Object.values(parts);
  return all.length === 0 ? 0 : all.filter(Boolean).length / all.length;
}

/** What is left of a fraction when hints were taken. */
export function afterHints(q: Scorable, fraction: number, hints: number): number {
  return Math.max(0, fraction - (hints * (q.hintcost ?? 0)) / 100);
}

/** The mark of an answer to which the learner said how certain it is, from 1 to 3 (Moodle's table). It never changes the score. */
export function certaintyMark(fraction: number, level: number): number {
  level = Math.min(3, Math.max(1, level));
  return fraction > 0 ? fraction * level : [0, -2, -6][level - 1]!;
}

/** The points of a whole quiz. */
export interface Total {
  points: number;
  of: number;
  percent: number; // rounded down, so that it never shows a pass mark that was not reached
}

export function total(parts: readonly { weight: number; fraction: number }[]): Total {
  let points = 0;
  let of = 0;
  for (const p of parts) {
    points += p.weight * p.fraction;
    of += p.weight;
  }
  // Thirds do not add up to one in binary; without the little more, full marks could show as 99.
  return { points, of, percent: of > 0 ? Math.floor((points * 100) / of + 1e-9) : 0 };
}
