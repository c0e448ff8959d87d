import { own, type Response } from "./score";

// What is kept of a quiz between visits. It hangs on ids, so that it holds in every language and after questions were moved.

export interface Answer {
  response: Response;
  checked: boolean;
  explained: boolean; // the learner asked for the explanation before the answer was right
  hints: number; // shown
  certainty: number; // how sure the learner is, from 1 to 3; 0: not said
}

export interface State {
  version: 1;
  attempt: number; // from 1
  seed: number;
  drawn: string[]; // the questions of this attempt, where not all are asked
  finished: boolean;
  left: number; // seconds of a time limit; -1: the learner turned it off
  begun: boolean; // with a time limit: the learner chose how to begin
  answers: Record<string, Answer & { digest: string }>; // by question; digest is of what was asked
  results: number[]; // per cent, of each finished attempt
}

export function newState(seed: number): State {
  return { version: 1, attempt: 1, seed, drawn: [], finished: false, left: 0, begun: false, answers: {}, results: [] };
}

/** The next attempt: new order, no answers, the results so far. */
export function nextAttempt(s: State, seed: number): State {
  return { ...newState(seed), attempt: s.attempt + 1, results: s.results };
}

export function noAnswer(): Answer {
  return { response: {}, checked: false, explained: false, hints: 0, certainty: 0 };
}

/** The answer to a question as it is asked now, and whether there is one to what was asked before, which is then let go. */
export function answerTo(s: State, id: string, digest: string): { answer: Answer; changed: boolean } {
  const kept = own(s.answers, id);
  if (!kept) return { answer: noAnswer(), changed: false };
  const { digest: asked, ...answer } = kept;
  if (asked === digest) return { answer, changed: false };
  delete s.answers[id];
  s.finished = false;
  return { answer: noAnswer(), changed: true };
}

/** The state that was stored, or undefined when it cannot be used. */
export function stateFrom(stored: unknown): State | undefined {
  if (!isObject(stored) || stored["version"] !== 1 || !isObject(stored["answers"])) return undefined;
  const s = newState(count(stored["seed"]));
  s.attempt = Math.max(1, count(stored["attempt"]));
  s.finished = stored["finished"] === true;
  s.begun = stored["begun"] === true;
  s.left = stored["left"] === -1 ? -1 : count(stored["left"]);
  s.drawn = strings(stored["drawn"]);
  for (const [id, a] of Object.entries(stored["answers"])) {
    if (!isObject(a)) continue;
    s.answers[id] = {
      response: responseFrom(a["response"]),
      checked: a["checked"] === true,
      explained: a["explained"] === true,
      hints: count(a["hints"]),
      certainty: Math.min(3, count(a["certainty"])),
      digest: typeof a["digest"] === "string" ? a["digest"] : "",
    };
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

export function isObject(v: unknown): v is Record<string, unknown> {
  return typeof v === "object" && v !== null && !Array.isArray(v);
}

export function count(v: unknown): number {
  return typeof v === "number" && Number.isFinite(v) && v >= 0 ? Math.floor(v) : 0;
}

function strings(v: unknown): string[] {
  return Array.isArray(v) ? v.filter((x): x is string => typeof x === "string") : [];
}

function responseFrom(v: unknown): Response {
  const out: { chosen?: string[]; filled?: Record<string, string> } = {};
  if (!isObject(v)) return out;
  const { chosen, filled } = v;
  if (Array.isArray(chosen)) out.chosen = strings(chosen);
  if (isObject(filled)) {
    out.filled = {};
    for (const [id, text] of Object.entries(filled)) if (typeof text === "string") out.filled[id] = text;
  }
  return out;
}
