// Orders that look random and are the same each time: an attempt keeps its order when it is resumed.

/** A generator of numbers from 0 up to 1 (mulberry32). */
export function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A seed of one attempt at one question. */
export function seedFor(seed: number, id: string): number {
  let h = (seed ^ 0x811c9dc5) >>> 0;
  for (let i = 0; i < id.length; i++) h = Math.imul(h ^ id.charCodeAt(i), 0x01000193) >>> 0;
  return h;
}

export function shuffled<T>(items: readonly T[], next: () => number): T[] {
  const out = items.slice();
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

/**
 * count of the items, in their own order; all of them when count is 0. Those drawn before stay drawn while they are there, also when
 * others are added.
 */
export function drawn<T extends { id: string }>(items: readonly T[], count: number, next: () => number, before: readonly string[] = []): T[] {
  if (count <= 0 || count >= items.length) return items.slice();
  const line = shuffled(items, next);
  const was = (i: T) => before.includes(i.id);
  const taken = new Set([...line.filter(was), ...line.filter((i) => !was(i))].slice(0, count));
  return items.filter((i) => taken.has(i));
}
