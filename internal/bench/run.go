// Package bench measures what a build costs against plain Hugo on the same pages: it generates a library, builds it in processes of
// their own, in turn with Hugo alone, and changes a paragraph under a preview.
package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"lectern/internal/build"
)

// Options say what to measure.
type Options struct {
	Pages     []int
	Languages int
	Seed      uint64
	Runs      int
	Keep      string // folder to leave the libraries in; "" for none
	// Command starts this program as a child: Child with the part and the work.
	Command  func(ctx context.Context, part, dir string, w Work) *exec.Cmd
	Progress func(string)
}

// Report holds a row for each size.
type Report struct {
	Rows []Row `json:"rows"`
}

// Row is what a library of one size costs. Seconds and bytes are medians, ratios are medians of pairs of runs that followed each
// other: other work on the machine slows both.
type Row struct {
	Pages     int      `json:"pages"`
	Modules   int      `json:"modules"`
	Languages int      `json:"languages"`
	Runs      int      `json:"runs"`
	Lectern   Cost     `json:"lectern"`
	Hugo      Cost     `json:"hugo"`
	CPURatio  float64  `json:"cpuRatio"`
	WallRatio float64  `json:"wallRatio"`
	PeakRatio float64  `json:"peakRatio"`
	Stages    []Stage  `json:"stages"`
	Changes   []Change `json:"changes"`
}

// Cost is of one process from start to end.
type Cost struct {
	CPU  float64 `json:"cpuSeconds"` // user and system
	Wall float64 `json:"wallSeconds"`
	Peak int64   `json:"peakBytes"` // resident
}

// Stage is a part of a build.
type Stage struct {
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"`
	Memory  int64   `json:"memoryBytes"` // the most that Go held in it: less than is resident, which counts the program itself
}

// Change is a change of one text under a preview: the median and worst of several.
type Change struct {
	What         string  `json:"what"`
	Lang         string  `json:"lang"`         // that is being read
	Milliseconds float64 `json:"milliseconds"` // from the change to its pages in that language
	Worst        float64 `json:"worstMilliseconds"`
	Pages        int     `json:"pages"` // written for one change, in all languages; the most of all changes
	Limit        int     `json:"limit"` // (lessons of the module + 2) x languages
}

// Run measures.
func Run(ctx context.Context, opts Options) (Report, error) {
	base := opts.Keep
	if base == "" {
		dir, err := os.MkdirTemp("", "lectern-bench-")
		if err != nil {
			return Report{}, err
		}
		defer os.RemoveAll(dir)
		base = dir
	}
	var report Report
	for _, pages := range opts.Pages {
		r := runner{Options: opts, dir: filepath.Join(base, fmt.Sprintf("%d-pages", pages)), work: Work{pages, opts.Languages, opts.Seed}}
		row, err := r.row(ctx)
		if err != nil {
			return report, fmt.Errorf("%d pages: %w", pages, err)
		}
		report.Rows = append(report.Rows, row)
		if opts.Keep == "" {
			if err := os.RemoveAll(r.dir); err != nil {
				return report, err
			}
		}
	}
	return report, nil
}

type runner struct {
	Options
	dir  string
	work Work
}

func (r *runner) row(ctx context.Context) (Row, error) {
	row := Row{Modules: r.work.modules(), Languages: r.Languages, Runs: r.Runs}
	if _, err := os.Stat(r.dir); err == nil {
		return row, fmt.Errorf("%s is there already", r.dir)
	}
	// In a process of its own, like everything large: on Linux a process that is started counts its parent's peak as its own.
	if _, err := r.child(ctx, partGenerate, nil); err != nil {
		return row, err
	}
	var ours, plain []Cost
	var stages [][]Stage
	for range r.Runs {
		var built fullResult
		c, err := r.child(ctx, partFull, &built)
		if err != nil {
			return row, err
		}
		row.Pages = built.Pages
		ours, stages = append(ours, c), append(stages, built.Stages)
		if c, err = r.child(ctx, partPlain, nil); err != nil {
			return row, err
		}
		plain = append(plain, c)
	}
	if _, err := r.child(ctx, partPreview, &row.Changes); err != nil {
		return row, err
	}
	cpu, wall, peak := func(c Cost) float64 { return c.CPU }, func(c Cost) float64 { return c.Wall }, func(c Cost) float64 { return float64(c.Peak) }
	for _, of := range []struct {
		into *Cost
		runs []Cost
	}{{&row.Lectern, ours}, {&row.Hugo, plain}} {
		*of.into = Cost{medianOf(of.runs, cpu), medianOf(of.runs, wall), int64(medianOf(of.runs, peak))}
	}
	row.CPURatio, row.WallRatio, row.PeakRatio = ratio(ours, plain, cpu), ratio(ours, plain, wall), ratio(ours, plain, peak)
	for i, s := range stages[0] {
		of := func(value func(Stage) float64) float64 {
			return medianOf(stages, func(run []Stage) float64 { return value(run[i]) })
		}
		s.Seconds, s.Memory = of(func(s Stage) float64 { return s.Seconds }), int64(of(func(s Stage) float64 { return float64(s.Memory) }))
		row.Stages = append(row.Stages, s)
	}
	return row, nil
}

// child runs a part in a process of its own and decodes what it printed.
func (r *runner) child(ctx context.Context, part string, result any) (Cost, error) {
	if r.Progress != nil {
		r.Progress(fmt.Sprintf("%d pages: %s", r.work.Pages, part))
	}
	// Replacing an earlier output is not a part of making one.
	if err := errors.Join(os.RemoveAll(filepath.Join(r.dir, workDir, "public")), os.RemoveAll(filepath.Join(r.dir, plainDir, "public"))); err != nil {
		return Cost{}, err
	}
	cmd := r.Command(ctx, part, r.dir, r.work)
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	began := time.Now()
	if err := cmd.Run(); err != nil {
		return Cost{}, fmt.Errorf("%s: %w\n%s", part, err, &problems)
	}
	c := Cost{Wall: time.Since(began).Seconds(), CPU: (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), Peak: peak(cmd.ProcessState)}
	if result != nil {
		if err := json.Unmarshal(out.Bytes(), result); err != nil {
			return c, fmt.Errorf("%s: %w", part, err)
		}
	}
	return c, nil
}

func medianOf[T any](of []T, value func(T) float64) float64 {
	values := make([]float64, len(of))
	for i, v := range of {
		values[i] = value(v)
	}
	return median(values)
}

func ratio(a, b []Cost, value func(Cost) float64) float64 {
	values := make([]float64, len(a))
	for i := range a {
		values[i] = value(a[i]) / value(b[i])
	}
	return median(values)
}

func median(values []float64) float64 {
	values = slices.Sorted(slices.Values(values))
	n := len(values)
	if n == 0 {
		return 0
	}
	return (values[(n-1)/2] + values[n/2]) / 2
}

// options are those of a build of the generated work.
func options(dir string) build.Options {
	return build.Options{Dir: filepath.Join(dir, workDir), Dest: "public", Audience: "learner"}
}
