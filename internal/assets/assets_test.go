package assets

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

const sources = "../../assets"

// Every *.test.ts file is bundled with what it tests and run by Node, where there is one.
func TestScripts(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no node")
	}
	root, err := filepath.Abs(sources)
	if err != nil {
		t.Fatal(err)
	}
	var tests []string
	err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if strings.HasSuffix(name, ".test.ts") {
			tests = append(tests, name)
		}
		return err
	})
	if err != nil || len(tests) == 0 {
		t.Fatalf("no tests found: %v", err)
	}
	dir := t.TempDir()
	result := api.Build(api.BuildOptions{
		EntryPoints: tests, Bundle: true, Write: true, Outdir: dir, Outbase: root, OutExtension: map[string]string{".js": ".cjs"},
		Platform: api.PlatformNode, Format: api.FormatCommonJS, Target: api.ES2018, LogLevel: api.LogLevelSilent,
	})
	for _, m := range result.Errors {
		t.Errorf("%+v: %s", m.Location, m.Text)
	}
	if t.Failed() {
		return
	}
	args := []string{"--test"}
	for _, f := range result.OutputFiles {
		args = append(args, f.Path)
	}
	if out, err := exec.Command(node, args...).CombinedOutput(); err != nil {
		t.Errorf("node %s: %v\n%s", strings.Join(args[:1], " "), err, out)
	}
}

// What a page with quizzes loads is read over slow and costly connections.
func TestScriptsAreSmall(t *testing.T) {
	bundles, names, err := Build(os.DirFS(sources))
	if err != nil {
		t.Fatal(err)
	}
	size := map[string]int{}
	for _, b := range bundles {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		if _, err := w.Write(b.Contents); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		size[b.Path] = out.Len()
	}
	for _, quiz := range []string{"quiz.js", "quizall.js"} {
		total := size[names["main.js"]] + size[names[quiz]]
		t.Logf("main.js and %s: %d bytes compressed", quiz, total)
		if size[names[quiz]] == 0 || total > 20_000 {
			t.Errorf("main.js and %s have %d bytes compressed, at most 20000", quiz, total)
		}
	}
}
