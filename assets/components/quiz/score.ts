// How answers become points. Pure, and the same rules as the Go side's: testdata/scoring.json holds both to them.

/** A question as far as scoring needs it. For "order", the options stand in the right order. */
export interface Scorable {
  type: string;
  scoring?: string;
  options: readonly { id: string; correct?: boolean }[];
}

/** What a learner answered. */
export interface Response {
  /** The ids of the options chosen; for "order", of all options in the order given. */
  chosen?: readonly string[];
  /** By the id of a gap or pair: what was filled in or assigned. */
  filled?: Readonly<Record<string, string>>;
}

export function isAnswered(response: Response): boolean {
  return (response.chosen ?? []).length > 0 || Object.values(response.filled ?? {}).some((v) => v.trim() !== "");
}

/** What an answer is worth, from 0 to 1. A type without a right answer is worth nothing. */
export function fraction(question: Scorable, response: Response): number {
  const chosen = response.chosen ?? [];
  switch (question.type) {
    case "true-false":
    case "single":
      return allOrNothing(question, chosen);
    case "multiple":
      return question.scoring === "all" ? allOrNothing(question, chosen) : rightMinusWrong(question, chosen);
    case "order":
      return question.scoring === "exact" ? exactOrder(question, chosen) : adjacentPairs(question, chosen);
    default:
      return 0;
  }
}

/** 1 when exactly the right options are chosen. */
function allOrNothing(question: Scorable, chosen: readonly string[]): number {
  return question.options.every((o) => chosen.includes(o.id) === (o.correct === true)) ? 1 : 0;
}

/** Each right choice counts for, each wrong one against, so that choosing everything earns nothing; never below 0. */
function rightMinusWrong(question: Scorable, chosen: readonly string[]): number {
  let right = 0;
  let wrong = 0;
  let all = 0;
  for (const o of question.options) {
    if (o.correct) all++;
    if (!chosen.includes(o.id)) continue;
    if (o.correct) right++;
    else wrong++;
  }
  return all === 0 ? 0 : Math.max(0, right - wrong) / all;
}

function exactOrder(question: Scorable, chosen: readonly string[]): number {
  const same = chosen.length === question.options.length && question.options.every((o, i) => o.id === chosen[i]);
  return same ? 1 : 0;
}

/** The share of neighbours in the right order that are neighbours, in that order, in the answer too. */
function adjacentPairs(question: Scorable, chosen: readonly string[]): number {
  const pairs = question.options.length - 1;
  if (pairs < 1) return exactOrder(question, chosen);
  let kept = 0;
  for (let i = 0; i < pairs; i++) {
    const at = chosen.indexOf(question.options[i]!.id);
    if (at >= 0 && chosen[at + 1] === question.options[i + 1]!.id) kept++;
  }
  return kept / pairs;
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
