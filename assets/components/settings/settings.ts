import { load, save } from "../store/store";

// Text size and colours. They are attributes of the root element, which the style sheets read; a default has no attribute.

export interface Settings {
  size: string;
  theme: string;
}

const choices: Record<keyof Settings, readonly string[]> = {
  size: ["0", "1", "2", "3"],
  theme: ["system", "light", "dark", "contrast"],
};

/** Settings from what was stored, with the default for whatever is missing or unknown. */
export function settingsFrom(stored: unknown): Settings {
  const given = typeof stored === "object" && stored !== null ? (stored as Record<string, unknown>) : {};
  const pick = (name: keyof Settings): string => {
    const value = given[name];
    return typeof value === "string" && choices[name].includes(value) ? value : choices[name][0]!;
  };
  return { size: pick("size"), theme: pick("theme") };
}

function show(root: HTMLElement, settings: Settings): void {
  for (const name of ["size", "theme"] as const) {
    if (settings[name] === choices[name][0]) root.removeAttribute("data-" + name);
    else root.setAttribute("data-" + name, settings[name]);
  }
}

/** Runs before anything is painted. */
export function applySettings(): void {
  show(document.documentElement, settingsFrom(load("settings")));
}

export function settingsPanel(): void {
  const details = document.querySelector<HTMLDetailsElement>(".settings");
  if (!details) return;
  const buttons = Array.from(details.querySelectorAll<HTMLButtonElement>("[data-setting]"));
  let settings = settingsFrom(load("settings"));
  const press = () => {
    for (const b of buttons) {
      b.setAttribute("aria-pressed", String(settings[b.dataset["setting"] as keyof Settings] === b.dataset["value"]));
    }
  };
  for (const b of buttons) {
    b.addEventListener("click", () => {
      settings = settingsFrom({ ...settings, [b.dataset["setting"]!]: b.dataset["value"] });
      save("settings", settings);
      show(document.documentElement, settings);
      press();
    });
  }
  press();
  closeWhenLeft(details);
}

/** Escape, or a click or focus elsewhere, closes the panel, so that it covers nothing that has the focus. */
function closeWhenLeft(details: HTMLDetailsElement): void {
  const outside = (e: Event) => {
    if (details.open && !details.contains(e.target as Node)) details.open = false;
  };
  document.addEventListener("click", outside);
  document.addEventListener("focusin", outside);
  details.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary")?.focus();
  });
}
