// Writes each finished test as a line of JSON, for browser_test.go.

export default async function* report(events) {
  const suites = []; // the tests around the one that is running
  for await (const { type, data } of events) {
    if (type === "test:start") {
      suites.length = data.nesting;
      suites.push(data.name);
    }
    if (type !== "test:pass" && type !== "test:fail") continue;
    const error = data.details.error?.cause ?? data.details.error;
    yield JSON.stringify({
      name: [...suites.slice(0, data.nesting), data.name].join(" / "),
      failed: type === "test:fail",
      skipped: data.skip === true ? "skipped" : data.skip || "",
      seconds: data.details.duration_ms / 1000,
      error: type === "test:fail" ? shortened(error?.stack ?? String(error)) : "",
    }) + "\n";
  }
}

/** Without the lines of the stack that are not in these tests. */
function shortened(stack) {
  return stack
    .split("\n")
    .filter((line) => !/^\s+at /.test(line) || (line.includes("browsertest/") && !line.includes("node_modules")))
    .join("\n");
}
