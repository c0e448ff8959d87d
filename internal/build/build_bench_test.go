package build_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"lectern"
	"lectern/internal/build"
)

// BenchmarkCheck says what loading, localising and checking this repository's own work cost, in times of building all of it.
func BenchmarkCheck(b *testing.B) {
	opts := build.Options{Dir: "../..", Defaults: lectern.Defaults, Audience: "learner", Drafts: true}
	var check, all time.Duration
	for b.Loop() {
		began := time.Now()
		if _, err := build.Check(opts); err != nil {
			b.Fatal(err)
		}
		check += time.Since(began)
		opts.Dest = filepath.Join(b.TempDir(), "public")
		began = time.Now()
		summary, diags, err := build.Build(context.Background(), opts)
		if err != nil || summary.Errors > 0 {
			b.Fatal(diags, err)
		}
		all += time.Since(began)
	}
	b.ReportMetric(float64(check)/float64(all), "x-build")
}
