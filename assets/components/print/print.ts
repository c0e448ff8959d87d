/** The button of pages that are made to be printed. */
export function printButton(): void {
  document.querySelector("[data-do=print]")?.addEventListener("click", () => window.print());
}
