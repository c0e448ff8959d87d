// Looking for words in the case file. Letters are compared without marks, case and the variants that Arabic writers use freely.

export function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640]/g, "")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/ى/g, "ي")
    .replace(/ة/g, "ه")
    .toLowerCase()
    .replace(/\s+/g, " ");
}

/** Whether a folded text has every word of what is looked for. */
export function has(text: string, query: string): boolean {
  return folded(query)
    .split(" ")
    .every((word) => text.includes(word));
}
