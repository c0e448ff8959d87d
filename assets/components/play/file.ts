import { all, find, type Parts } from "../quiz/parts";
import { folded, has } from "./search";
import type { State } from "./state";

/** The case file beside the hearing: documents to open, search, mark as read and write notes to. */
export class CaseFile {
  private readonly docs: Doc[];
  private readonly search: HTMLInputElement;
  private readonly found: HTMLElement;

  constructor(
    private readonly root: HTMLElement,
    private readonly parts: Parts,
    private readonly state: () => State,
    private readonly changed: () => void,
    private readonly say: (words: string) => void,
    toDecision: () => void,
  ) {
    this.docs = all<HTMLDetailsElement>(root, ".doc").map((e) => new Doc(e, parts));
    this.search = find<HTMLInputElement>(root, "input[type=search]");
    this.found = find(root, ".casefile-found");
    let wait = 0;
    this.search.addEventListener("input", () => {
      this.filter();
      window.clearTimeout(wait);
      wait = window.setTimeout(() => this.found.hidden || this.say(this.found.textContent ?? ""), 700);
    });
    for (const d of this.docs) {
      d.read.addEventListener("change", () => {
        const s = this.state();
        s.read = s.read.filter((id) => id !== d.id);
        if (d.read.checked) s.read.push(d.id);
        this.changed();
      });
      d.note.addEventListener("input", () => {
        const notes = this.state().notes;
        if (d.note.value.trim()) notes[d.id] = d.note.value;
        else delete notes[d.id];
        this.changed();
      });
      d.back.addEventListener("click", toDecision);
    }
  }

  /** Shows what has come by now, and what the decision calls for. */
  show(arrived: (from: string) => boolean, isNew: (from: string) => boolean, evidence: string[]): void {
    const { read, notes } = this.state();
    for (const d of this.docs) {
      d.arrived = arrived(d.from);
      d.read.checked = read.includes(d.id);
      if (d.note.value !== (notes[d.id] ?? "") && document.activeElement !== d.note) d.note.value = notes[d.id] ?? "";
      d.chip("read", d.read.checked);
      d.chip("new", !d.read.checked && d.from !== "" && isNew(d.from));
      d.chip("note", d.id in notes);
      d.chip("evidence", evidence.includes(d.id));
      d.root.classList.toggle("doc-noted", d.id in notes);
      d.root.classList.toggle("doc-evidence", evidence.includes(d.id));
    }
    this.filter();
  }

  /** Opens a document and goes to it. */
  open(id: string): void {
    const doc = this.docs.find((d) => d.root.id === id);
    if (!doc?.arrived) return;
    this.search.value = "";
    this.filter();
    find<HTMLDetailsElement>(this.root, ".casefile-fold").open = true;
    doc.root.open = true;
    const summary = find(doc.root, "summary");
    summary.focus({ preventScroll: true });
    summary.scrollIntoView({ block: "start" });
  }

  /** How exhibits and statements are called in short. */
  label(id: string): string {
    const doc = this.docs.find((d) => d.id === id);
    return doc ? (doc.root.querySelector(".doc-number, .doc-title")?.textContent ?? "") : "";
  }

  has(id: string): boolean {
    return this.docs.some((d) => d.id === id);
  }

  private filter(): void {
    const query = this.search.value.trim();
    const shown = this.docs.filter((d) => (d.root.hidden = !(d.arrived && (!query || d.has(query)))) === false);
    for (const group of all(this.root, ".docs")) group.hidden = !group.querySelector(".doc:not([hidden])");
    this.found.hidden = !query;
    this.found.textContent = shown.length ? this.parts.words("found", { number: shown.length }) : this.parts.words("foundNone");
  }
}

class Doc {
  readonly id: string;
  readonly from: string;
  readonly read: HTMLInputElement;
  readonly note: HTMLTextAreaElement;
  readonly back: HTMLElement;
  arrived = true;
  private readonly chips: HTMLElement;
  private readonly text: string;

  constructor(
    readonly root: HTMLDetailsElement,
    parts: Parts,
  ) {
    this.id = root.dataset["doc"] ?? "";
    this.from = root.dataset["from"] ?? "";
    this.text = folded(root.textContent ?? "");
    this.chips = parts.make("chips");
    const tools = parts.make("tools");
    this.read = find<HTMLInputElement>(tools, "input");
    this.note = find<HTMLTextAreaElement>(tools, "textarea");
    this.back = find(tools, "button");
    find(root, "summary").append(this.chips);
    find(root, ".doc-body").append(tools);
  }

  chip(name: string, on: boolean): void {
    find(this.chips, `[data-chip=${name}]`).hidden = !on;
  }

  has(query: string): boolean {
    return has(this.text + " " + folded(this.note.value), query);
  }
}
