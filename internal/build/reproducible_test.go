package build_test

import (
	"context"
	"crypto/sha256"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lectern/internal/build"
	"lectern/internal/course"
	"lectern/internal/diag"
)

// repository is the reference work.
const repository = "../.."

// TestBuildHere is the process that TestReproducible starts.
func TestBuildHere(t *testing.T) {
	dest := os.Getenv("LECTERN_TEST_DEST")
	if dest == "" {
		t.Skip("started by TestReproducible")
	}
	opts := options(os.Getenv("LECTERN_TEST_DIR"), course.Facilitator)
	opts.Dest = dest
	_, diags, err := build.Build(context.Background(), opts)
	if errs, _ := diag.Count(diags); err != nil || errs > 0 {
		t.Fatal(err, text(diags))
	}
}

// TestReproducible builds the same sources at two places, times and settings of the machine: not a byte differs.
func TestReproducible(t *testing.T) {
	root, err := filepath.Abs(repository)
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "a folder", "work")
	for _, name := range []string{"modules", "quizzes", "translations", "hugo.toml"} {
		copyAged(t, filepath.Join(root, name), filepath.Join(copied, name))
	}
	outputs := [2]map[string][sha256.Size]byte{}
	for i, run := range []struct {
		dir, in string
		env     []string
	}{
		{root, root, []string{"TZ=Pacific/Kiritimati", "LANG=ar_EG.UTF-8", "LC_ALL=ar_EG.UTF-8", "GOMAXPROCS=1"}},
		{".", copied, []string{"TZ=America/St_Johns", "LANG=C", "LC_ALL=C", "GOMAXPROCS=4", "HUGO_TITLE=x", "HUGO_PARAMS_SITE=x", "HUGO_BASEURL=https://evil.example/",
			"HOME=/nowhere", "GOGC=20", "SOURCE_DATE_EPOCH=0"}},
	} {
		dest := filepath.Join(t.TempDir(), "out")
		cmd := exec.Command(os.Args[0], "-test.run=^TestBuildHere$", "-test.v")
		cmd.Dir = run.in
		cmd.Env = append(append(os.Environ(), "LECTERN_TEST_DEST="+dest, "LECTERN_TEST_DIR="+run.dir), run.env...)
		if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS") {
			t.Fatalf("%v\n%s", err, out)
		}
		sums := map[string][sha256.Size]byte{}
		walk(t, dest, func(name string, contents []byte) { sums[name] = sha256.Sum256(contents) })
		outputs[i] = sums
	}
	if len(outputs[0]) < 100 {
		t.Fatalf("%d files", len(outputs[0]))
	}
	maps.DeleteFunc(outputs[0], func(name string, sum [sha256.Size]byte) bool {
		other, ok := outputs[1][name]
		delete(outputs[1], name)
		if ok && other != sum {
			t.Errorf("%s differs", name)
		}
		return ok
	})
	for i := range outputs {
		for name := range outputs[i] {
			t.Errorf("only build %d made %s", i+1, name)
		}
	}
}

// copyAged copies a tree, with times that are not the original's.
func copyAged(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		copied := filepath.Join(to, rel)
		if err := os.MkdirAll(filepath.Dir(copied), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(copied, b, 0o600); err != nil {
			return err
		}
		old := time.Unix(int64(len(rel))*1e6, 0)
		return os.Chtimes(copied, old, old)
	})
	if err != nil {
		t.Fatal(err)
	}
}
