package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"lectern"
)

// childWork is set in the environment of this test when it is to be a child.
const childWork = "LECTERN_BENCH_TEST_CHILD"

func TestMain(m *testing.M) {
	spec := os.Getenv(childWork)
	if spec == "" {
		os.Exit(m.Run())
	}
	var c struct {
		Part, Dir string
		Work      Work
	}
	err := json.Unmarshal([]byte(spec), &c)
	if err == nil {
		err = Child(context.Background(), c.Part, c.Dir, c.Work, lectern.Defaults, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// TestRun asserts no times: machines differ. It asserts that everything is measured, and how much a change writes.
func TestRun(t *testing.T) {
	command := func(ctx context.Context, part, dir string, w Work) *exec.Cmd {
		spec, err := json.Marshal(map[string]any{"Part": part, "Dir": dir, "Work": w})
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(ctx, os.Args[0])
		cmd.Env = append(os.Environ(), childWork+"="+string(spec))
		return cmd
	}
	report, err := Run(t.Context(), Options{Pages: []int{1, 40}, Languages: 2, Seed: 1, Runs: 1, Command: command})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Rows) != 2 {
		t.Fatalf("%d rows", len(report.Rows))
	}
	for _, row := range report.Rows {
		if row.Pages < 2*pagesOfModule*row.Modules || row.CPURatio <= 0 || row.WallRatio <= 0 || row.Lectern.CPU <= 0 || row.Hugo.Wall <= 0 {
			t.Errorf("row lacks figures: %+v", row)
		}
		var stages []string
		for _, s := range row.Stages {
			stages = append(stages, s.Name)
		}
		if got, want := strings.Join(stages, " "), "load localise check assets render"; !strings.HasPrefix(got, want) {
			t.Errorf("stages are %q", got)
		}
		if len(row.Changes) != 2 {
			t.Errorf("changes are %+v", row.Changes)
		}
		for _, c := range row.Changes {
			if c.Pages < 1 || c.Pages > c.Limit {
				t.Errorf("changing a %s wrote %d pages, the most is %d", c.What, c.Pages, c.Limit)
			}
		}
	}
	var out strings.Builder
	if err := Text(&out, report); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"CPU s", "wall s", "peak MiB", "ratio", "localise", "paragraph, read in en", "translation, read in ar"} {
		if strings.Count(out.String(), want) < 2 {
			t.Errorf("the report lacks %q in a row:\n%s", want, &out)
		}
	}
}

func TestMedian(t *testing.T) {
	for _, tt := range []struct {
		values []float64
		want   float64
	}{{nil, 0}, {[]float64{3}, 3}, {[]float64{3, 1, 2}, 2}, {[]float64{4, 1, 2, 3}, 2.5}} {
		if got := median(tt.values); got != tt.want {
			t.Errorf("median(%v) = %v, want %v", tt.values, got, tt.want)
		}
	}
}
