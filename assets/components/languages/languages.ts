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

export function languages(): void {
  save("lang", document.documentElement.lang);
  const nav = document.querySelector(".languages");
  if (!nav) return;
  // The address is completed before the browser follows it, or copies it from its menu.
  const complete = (e: Event) => {
    const a = e.target instanceof Element ? e.target.closest("a") : null;
    if (a) a.hash = place();
  };
  nav.addEventListener("pointerdown", complete);
  nav.addEventListener("click", complete);
}
