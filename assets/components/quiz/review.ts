import { load, save } from "../store/store";
import { own } from "./score";
import { count, isObject } from "./state";

// Questions that were missed come back later, at growing intervals (Leitner's boxes), until they were right in each. The list is kept on
// the device under one name for all quizzes, so that each quiz can say what waits in the others.

/** The days after which a question in each box comes back. */
export const intervals = [1, 3, 7, 21] as const;

export interface Entry {
  box: number;
  due: number; // a day, see today
  digest: string; // of what was asked
}

/** What is to be reviewed in a quiz. */
export interface Shelf {
  title: string;
  lang: string; // of the title
  page: string; // below its language
  questions: Record<string, Entry>;
}

/** By the key of the quiz. */
export type Reviews = Record<string, Shelf>;

/** The day in the learner's time, as a number that grows by one. */
export function today(now = new Date()): number {
  return Math.floor((now.getTime() - now.getTimezoneOffset() * 60_000) / 86_400_000);
}

/** Where a question goes after an answer; undefined: it need not come back. */
export function next(entry: Entry | undefined, right: boolean, digest: string, day: number): Entry | undefined {
  if (!right) return { box: 0, due: day + intervals[0], digest };
  // To be right at once after having been told is not yet to know it.
  if (!entry || entry.due > day) return entry;
  const days = intervals[entry.box + 1];
  return days === undefined ? undefined : { box: entry.box + 1, due: day + days, digest };
}

/** The ids of the questions of a quiz that are due. */
export function due(shelf: Shelf | undefined, day: number): string[] {
  const entries = Object.entries(shelf?.questions ?? {}).filter(([, e]) => e.due <= day);
  return entries.map(([id]) => id);
}

/** The list that was stored, without what cannot be used. */
export function reviewsFrom(stored: unknown): Reviews {
  const out: Reviews = {};
  if (!isObject(stored)) return out;
  for (const [key, s] of Object.entries(stored)) {
    if (!isObject(s) || !isObject(s["questions"])) continue;
    const shelf: Shelf = { title: String(s["title"]), lang: String(s["lang"]), page: String(s["page"]), questions: {} };
    for (const [id, e] of Object.entries(s["questions"])) {
      if (isObject(e)) shelf.questions[id] = { box: Math.min(intervals.length - 1, count(e["box"])), due: count(e["due"]), digest: String(e["digest"]) };
    }
    out[key] = shelf;
  }
  return out;
}

/** The part of the list that belongs to one quiz. It is read anew each time: the other quizzes of the page change it too. */
export class Review {
  constructor(
    private readonly key: string,
    private readonly about: Omit<Shelf, "questions">,
  ) {}

  all(): Reviews {
    return reviewsFrom(load("review"));
  }

  /** The ids of the questions that are due. What is no longer asked, or asked otherwise, is let go: asked are the digests by id. */
  due(asked: ReadonlyMap<string, string>): string[] {
    const all = this.all();
    const shelf = own(all, this.key);
    if (!shelf) return [];
    const gone = Object.entries(shelf.questions).filter(([id, e]) => asked.get(id) !== e.digest);
    for (const [id] of gone) delete shelf.questions[id];
    if (gone.length > 0) this.put(all, shelf);
    return due(shelf, today());
  }

  /** What is due in other quizzes. */
  elsewhere(): { shelf: Shelf; count: number }[] {
    return Object.entries(this.all())
      .map(([key, shelf]) => ({ shelf, count: key === this.key || shelf.page === this.about.page ? 0 : due(shelf, today()).length }))
      .filter((x) => x.count > 0);
  }

  answered(id: string, right: boolean, digest: string): void {
    const all = this.all();
    const shelf: Shelf = { ...this.about, questions: own(all, this.key)?.questions ?? {} };
    const before = own(shelf.questions, id);
    const after = next(before?.digest === digest ? before : undefined, right, digest, today());
    if (!before && !after) return;
    if (after) shelf.questions[id] = after;
    else delete shelf.questions[id];
    this.put(all, shelf);
  }

  private put(all: Reviews, shelf: Shelf): void {
    if (Object.keys(shelf.questions).length > 0) all[this.key] = shelf;
    else delete all[this.key];
    save("review", all);
  }
}
