import { load, save } from "../store/store";

// The page of languages. Whoever chose one before goes on to it; the address #languages shows the choice all the same.

/** The address to go on to: that of the stored language, if it is still offered. */
export function goOn(stored: unknown, offered: readonly { lang: string; href: string }[], hash: string): string | undefined {
  if (hash === "#languages") return undefined;
  return offered.find((o) => o.lang === stored)?.href;
}

export function start(): void {
  const links = Array.from(document.querySelectorAll<HTMLAnchorElement>(".start-list a"));
  if (links.length === 0) return;
  // Kept on this page too: in Firefox every local file has a store of its own.
  for (const a of links) a.addEventListener("click", () => save("lang", a.hreflang));
  const offered = links.map((a) => ({ lang: a.hreflang, href: a.href }));
  const href = goOn(load("lang"), offered, location.hash);
  if (href !== undefined) location.replace(href);
}
