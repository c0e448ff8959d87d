import type { Response, Result } from "../score";
import type { Parts } from "../parts";

// What a type of question must be able to do. Each type is one file; types.ts lists them.

/** How much of the marking is shown: nothing; only what was chosen, so that another try is worth while; everything. */
export type Marking = "none" | "chosen" | "all";

export interface Answering {
  /** What an answer is worth. */
  score(response: Response): Result;
  /** The answer on the page, empty while the learner gave none; with given, also what stands there untouched. */
  read(given: boolean): Response;
  /** Puts a stored answer on the page; ids that are no longer there are passed over. */
  write(response: Response): void;
  /** Gives the options another order, or without a generator the one they were written in. */
  arrange(next?: () => number): void;
  lock(locked: boolean): void;
  mark(marking: Marking): void;
}

export interface Context {
  parts: Parts;
  /** Call when the learner changed the answer. */
  changed(): void;
  /** Says something to screen readers. */
  say(text: string): void;
}

/** Brings the options inside a question to life. */
export type Type = (question: HTMLElement, context: Context) => Answering;
