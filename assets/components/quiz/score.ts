// How answers become points. Pure, and the same rules as internal/course/score.go: testdata/scoring.json holds both to them. What is
// written or assigned is in filled.ts, which pages without such questions do not load.

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

/** What the answer is worth to a question in which one chooses or puts in order. */
export function scoreChosen(q: Scorable, { chosen = [] }: Response): Result {
  const parts: Record<string, boolean> = {};
  let fraction = q.type === "order" ? order(q, chosen, parts) : choose(q, chosen, parts);
  if (q.type === "true-false" || q.type === "single") fraction = chosen.length === 1 && (q.options ?? []).some((o) => o.correct && o.id === chosen[0]) ? 1 : 0;
  return result(q, fraction, parts);
}

/** A result of a question, by its rules. */
export function result(q: Scorable, fraction: number, parts: Record<string, boolean>): Result {
  if (!isScored(q.type)) return { fraction: 0, parts: {}, scored: false };
  return { fraction: q.scoring === "all" && fraction < 1 ? 0 : fraction, parts, scored: true };
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
