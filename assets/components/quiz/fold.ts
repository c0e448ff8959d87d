// Brings typed answers into one form, and reads numbers. The same as internal/course/fold.go; testdata/folding.json holds both to it.

const arabic: Record<string, string> = { أ: "ا", إ: "ا", آ: "ا", ٱ: "ا", ؤ: "و", ئ: "ي", ى: "ي", ی: "ي", ک: "ك", ة: "ه" };

export function fold(s: string, keepCase = false, keepAccents = false): string {
  s = s.replace(/\p{Cf}/gu, "").normalize("NFKC");
  s = s.replace(/[‘’ʼ]/g, "'").replace(/[“”„«»]/g, '"').replace(/[‐‒–—−]/g, "-").replace(/٪/g, "%").replace(/ـ/g, "");
  // One character at a time: what a letter becomes does not hang on its place in a word, and stays one letter.
  if (!keepCase) s = Array.from(s, (c) => Array.from(c.toLowerCase())[0]).join("");
  if (!keepAccents) {
    s = s.replace(/[أإآٱؤئىیکة]/g, (c) => arabic[c]!);
    s = s.normalize("NFKD").replace(/\p{Mn}/gu, "").normalize("NFKC");
  }
  s = s.replace(/\p{Nd}/gu, digit);
  return s
    .split(/[\s\u0085]+/)
    .filter(Boolean)
    .join(" ")
    .replace(/^[¿¡]+/, "")
    .replace(/[ .,;:!?。、،؛؟]+$/, "");
}

/** The value of a decimal digit of any script: Unicode has them in runs of ten, each starting at its zero. */
function digit(c: string): string {
  const code = c.codePointAt(0)!;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value);
}

/** Whether two folded texts differ by at most so many letters (insert, leave out, change, or swap neighbours). Short words must be exact. */
export function near(a: string, b: string, typos: number): boolean {
  if (a === b) return true;
  const x = Array.from(a);
  const y = Array.from(b);
  if (typos === 0 || y.length < 4 || Math.abs(x.length - y.length) > typos || x.length > 200) return false;
  return editDistance(x, y) <= typos;
}

/** The optimal string alignment distance. */
function editDistance(a: string[], b: string[]): number {
  let before: number[] = [];
  let last = [0, ...b.map((_, j) => j + 1)];
  a.forEach((c, i) => {
    const row = [i + 1];
    b.forEach((d, j) => {
      let cost = Math.min(last[j + 1]! + 1, row[j]! + 1, last[j]! + (c === d ? 0 : 1));
      if (i > 0 && c === b[j - 1] && a[i - 1] === d) cost = Math.min(cost, before[j - 1]! + 1);
      row.push(cost);
    });
    before = last;
    last = row;
  });
  return last[b.length]!;
}

/** The numbers that a text can be read as: none, one, or two where its only mark may separate thousands or decimals ("1,500"). */
export function numbers(text: string): number[] {
  const s = fold(text, false, true).replace(/[٬' ]/g, "").replace(/٫/g, ".");
  const marks = s.match(/[.,]/g) ?? [];
  const last = Math.max(s.lastIndexOf("."), s.lastIndexOf(","));
  const [whole, decimals] = [s.slice(0, last), s.slice(last + 1)];
  const bare = (t: string) => t.replace(/[.,]/g, "");
  const readings: string[] = [];
  if (marks.length === 0) readings.push(s);
  else if (marks.length === 1) {
    readings.push(whole + "." + decimals);
    if (decimals.length === 3 && /[^-0]/.test(whole)) readings.push(whole + decimals);
  }
  // The same mark more than once separates thousands; the last of two kinds is the decimal mark.
  else readings.push(marks.filter((m) => m === s[last]).length > 1 ? bare(s) : bare(whole) + "." + decimals);
  return readings.filter((r) => /^[-+]?(\d+\.?\d*|\.\d+)$/.test(r)).map(Number);
}
