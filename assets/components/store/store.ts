// The learner's data on the device. Every access can fail: storage may be full, forbidden or absent (private windows, sandboxed
// frames), and then the page works without it. Nothing here is ever sent anywhere.

const prefix = "lectern:";

/** What of the browser's storage is used, so that tests and other stores can take its place. */
export type Backing = Pick<Storage, "getItem" | "setItem" | "removeItem">;

// Even naming localStorage throws where it is forbidden, so it is looked up anew inside each try.
let backing = (): Backing => window.localStorage;

/** Puts another store in the place of the browser's. */
export function useBacking(other: Backing): void {
  backing = () => other;
}

export function load(key: string): unknown {
  try {
    const text = backing().getItem(prefix + key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function save(key: string, value: unknown): void {
  try {
    backing().setItem(prefix + key, JSON.stringify(value));
  } catch {
    // Not kept; the page goes on.
  }
}

export function forget(key: string): void {
  try {
    backing().removeItem(prefix + key);
  } catch {
    // Nothing was kept either.
  }
}
