import type { Response } from "./score";

// What is kept of a quiz between visits. It hangs on ids, so that it holds in every language and after questions were moved.

export interface Answer {
  response: Response;
  checked: boolean;
  explained: boolean; // the learner asked for the explanation before the answer was right
  hints: number; // shown
}

export interface State {
  version: 1;
  attempt: number; // from 1
  seed: number;
  finished: boolean;
  answers: Record<string, Answer>; // by question
  results: number[]; // per cent, of each finished attempt
}

export function newState(seed: number): State {
  return { version: 1, attempt: 1, seed, finished: false, answers: {}, results: [] };
}

/** The next attempt: new order, no answers, the results so far. */
export function nextAttempt(s: State, seed: number): State {
  return { ...newState(seed), attempt: s.attempt + 1, results: s.results };
}

export function noAnswer(): Answer {
  return { response: {}, checked: false, explained: false, hints: 0 };
}

/** The state that was stored, or undefined when it cannot be used. */
export function stateFrom(stored: unknown): State | undefined {
  if (!isObject(stored) || stored["version"] !== 1 || !isObject(stored["answers"])) return undefined;
  const s = newState(count(stored["seed"]));
  s.attempt = Math.max(1, count(stored["attempt"]));
  s.finished = stored["finished"] === true;
  for (const [id, a] of Object.entries(stored["answers"])) {
    if (!isObject(a)) continue;
    s.answers[id] = { response: responseFrom(a["response"]), checked: a["checked"] === true, explained: a["explained"] === true, hints: count(a["hints"]) };
  }
  if (Array.isArray(stored["results"])) s.results = stored["results"].map(count);
  return s;
}

/** How many attempts are left; Infinity where they are not limited (0). */
export function attemptsLeft(s: State, attempts: number): number {
  return attempts <= 0 ? Infinity : Math.max(0, attempts - s.attempt);
}

/** Whether a finished quiz shows feedback on each question. */
export function showsFeedback(timing: string, left: number): boolean {
  return timing === "never" ? false : timing === "last-attempt" ? left === 0 : true;
}

function isObject(v: unknown): v is Record<string, unknown> {
  return typeof v === "object" && v !== null && !Array.isArray(v);
}

function count(v: unknown): number {
  return typeof v === "number" && Number.isFinite(v) && v >= 0 ? Math.floor(v) : 0;
}

function responseFrom(v: unknown): Response {
  const out: { chosen?: string[]; filled?: Record<string, string> } = {};
  if (!isObject(v)) return out;
  const { chosen, filled } = v;
  if (Array.isArray(chosen)) out.chosen = chosen.filter((x): x is string => typeof x === "string");
  if (isObject(filled)) {
    out.filled = {};
    for (const [id, text] of Object.entries(filled)) if (typeof text === "string") out.filled[id] = text;
  }
  return out;
}
