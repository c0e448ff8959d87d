import { all } from "../quiz/parts";
import type { Case } from "./state";

/** The case as the page holds it. */
export function caseFrom(root: HTMLElement): Case {
  const most: Record<string, number> = {};
  for (const li of all(root, ".rubric [data-criterion]")) most[li.dataset["criterion"] ?? ""] = Number(li.dataset["most"]);
  return {
    phases: all(root, ".phases [data-phase]").map((li) => li.dataset["phase"] ?? ""),
    most,
    decisions: all(root, "[data-decision]").map((section) => ({
      id: section.dataset["decision"] ?? "",
      phase: section.dataset["phase"] ?? "",
      elements: words(section.dataset["elements"]),
      evidence: words(section.dataset["evidence"]),
      choices: all(section, "[data-choice]").map((li) => ({
        id: li.dataset["choice"] ?? "",
        next: li.dataset["next"] ?? "",
        effects: numbers(li, "element", "effect"),
        scores: numbers(li, "criterion", "level"),
      })),
    })),
  };
}

function words(list = ""): string[] {
  return list.split(" ").filter(Boolean);
}

function numbers(within: HTMLElement, name: string, value: string): Record<string, number> {
  const out: Record<string, number> = {};
  for (const e of all(within, `[data-${name}]`)) out[e.dataset[name] ?? ""] = Number(e.dataset[value]);
  return out;
}
