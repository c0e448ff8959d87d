// Lists that are folded on small screens are open where they stand at the side, and on paper.

export function folds(): void {
  const wide = window.matchMedia("(min-width: 1000px)");
  const all = document.querySelectorAll<HTMLDetailsElement>(".fold");
  const follow = () => all.forEach((d) => (d.open = wide.matches));
  follow();
  if (wide.addEventListener) wide.addEventListener("change", follow);
}

/** Paper cannot unfold, so all but answers is unfolded for it. */
export function unfoldForPrint(): void {
  let opened: HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    opened = Array.from(document.querySelectorAll<HTMLDetailsElement>("main details:not([open]):not(.answers), details.answer-key:not([open])"));
    for (const d of opened) d.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const d of opened) d.open = false;
  });
}
