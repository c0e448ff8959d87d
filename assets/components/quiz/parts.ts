// What the script adds to the page comes from a template in the page, so that its words are in the page's language.

/** The words of the template in which {name} stands for a value. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

export class Parts {
  constructor(private readonly template: HTMLTemplateElement) {}

  /** A copy of a part. */
  make(name: string): HTMLElement {
    const part = this.template.content.querySelector(`[data-part="${name}"]`);
    if (!part) throw new Error(`the page has no part "${name}" for quizzes`);
    return part.cloneNode(true) as HTMLElement;
  }

  words(name: string, values: Record<string, string | number> = {}): string {
    return fill(this.template.dataset[name] ?? "", values);
  }
}

/** A number for people, with the digits 0 to 9 as in the rest of the page. */
export function number(value: number, digits = 2): string {
  const rounded = Number(value.toFixed(digits));
  try {
    return new Intl.NumberFormat(document.documentElement.lang + "-u-nu-latn", { maximumFractionDigits: digits }).format(rounded);
  } catch {
    return String(rounded);
  }
}

export function find<T extends HTMLElement>(root: ParentNode, selector: string): T {
  const e = root.querySelector<T>(selector);
  if (!e) throw new Error(`the page has no ${selector}`);
  return e;
}

export function all<T extends HTMLElement>(root: ParentNode, selector: string): T[] {
  return Array.from(root.querySelectorAll<T>(selector));
}
