// What the tests use of Node, so that types can be checked without its package.

declare module "node:test" {
  export default function test(name: string, run: () => void | Promise<void>): void;
}

declare module "node:assert/strict" {
  const assert: {
    equal(got: unknown, want: unknown, message?: string): void;
    notEqual(got: unknown, want: unknown, message?: string): void;
    deepEqual(got: unknown, want: unknown, message?: string): void;
    notDeepEqual(got: unknown, want: unknown, message?: string): void;
    ok(value: unknown, message?: string): void;
  };
  export default assert;
}
