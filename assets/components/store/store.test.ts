import assert from "node:assert/strict";
import test from "node:test";
import { forget, load, save, useBacking } from "./store";

function memory(): Map<string, string> {
  const data = new Map<string, string>();
  useBacking({
    getItem: (key) => data.get(key) ?? null,
    setItem: (key, value) => void data.set(key, value),
    removeItem: (key) => void data.delete(key),
  });
  return data;
}

test("a value comes back under the prefix and can be forgotten", () => {
  const data = memory();
  save("a/b", { x: [1, 2] });
  assert.deepEqual([...data.keys()], ["lectern:a/b"]);
  assert.deepEqual(load("a/b"), { x: [1, 2] });
  forget("a/b");
  assert.equal(load("a/b"), undefined);
});

test("what is no JSON counts as absent", () => {
  memory().set("lectern:k", "{");
  assert.equal(load("k"), undefined);
});

test("storage that refuses does not throw", () => {
  const refuse = () => {
    throw new Error("denied");
  };
  useBacking({ getItem: refuse, setItem: refuse, removeItem: refuse });
  save("k", 1);
  forget("k");
  assert.equal(load("k"), undefined);
});
