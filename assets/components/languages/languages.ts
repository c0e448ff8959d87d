import { save } from "../store/store";

// The language switcher leads to the same page; here it also leads to the same place on it. Paragraphs have the same ids in every language.

export interface Mark {
  id: string;
  top: number; // in pixels from the top of the window
  bottom: number;
}

/** The id of what is being read: the first mark that begins in the window, or else the last one that began above it. */
export function inView(marks: readonly Mark[], height: number): string | undefined {
  let above: string | undefined;
  for (const m of marks) {
    if (m.bottom <= m.top) continue; // folded away or hidden
    if (m.top >= 0) return m.top < height ? m.id : above;
    above = m.id;
  }
  return above;
}

function place(): string {
  if (window.scrollY < 200) return ""; // at the top there is no place to keep
  const marks = Array.from(document.querySelectorAll("main [id]:not([id^='ui-']):not([id*=':'])"), (e) => {
    const { top, bottom } = e.getBoundingClientRect();
    return { id: e.id, top, bottom };
  });
  return inView(marks, window.innerHeight) ?? "";
}

const stay = 1000; // milliseconds without scrolling: less is on the way to somewhere

/** Returns what tells the place to go on at. The switcher is at the top: who gets there has left the place, so it is where they last stayed. */
function lastPlace(): () => string {
  let last = "";
  let timer = 0;
  const note = () => {
    last = place() || last;
  };
  window.addEventListener(
    "scroll",
    () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(note, stay);
    },
    { passive: true },
  );
  return () => place() || last;
}

export function languages(): void {
  save("lang", document.documentElement.lang);
  const nav = document.querySelector(".languages");
  if (!nav) return;
  const toGoOn = lastPlace();
  // The address is completed before the browser follows it, or copies it from its menu.
  const complete = (e: Event) => {
    const a = e.target instanceof Element ? e.target.closest("a") : null;
    if (a) a.hash = toGoOn();
  };
  nav.addEventListener("pointerdown", complete);
  nav.addEventListener("click", complete);
}
