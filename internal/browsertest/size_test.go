package browsertest

import (
	"bytes"
	"compress/gzip"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Pages are read over slow and costly connections.
const (
	maxLesson = 30_000 // bytes of a lesson's page, styles and scripts, compressed as a web server sends them
	maxFont   = 60_000 // bytes of the Arabic font
)

func TestLessonsAreSmall(t *testing.T) {
	dir := filepath.Join(sites(t), learner)
	sizes := map[string]int{} // of files that many pages share
	size := func(name string) int {
		if _, ok := sizes[name]; !ok {
			sizes[name] = compressed(t, filepath.Join(dir, filepath.FromSlash(name)))
		}
		return sizes[name]
	}
	largest, lessons := 0, 0
	for _, p := range pages(t, learner) {
		if p.kind() != "lesson" {
			continue
		}
		total := size(p.name)
		for _, n := range p.elements() {
			src, _ := attr(n, "src")
			href, _ := attr(n, "href")
			rel, _ := attr(n, "rel")
			switch {
			case n.Data == "script" && src != "":
				total += size(path.Join(path.Dir(p.name), src))
			case n.Data == "link" && slices.Contains(strings.Fields(rel), "stylesheet"):
				total += size(path.Join(path.Dir(p.name), href))
			}
		}
		lessons++
		largest = max(largest, total)
		if total > maxLesson {
			t.Errorf("%s: %d bytes with its styles and scripts, at most %d", p.name, total, maxLesson)
		}
	}
	t.Logf("the largest of %d lessons has %d bytes", lessons, largest)
	if lessons == 0 {
		t.Error("there are no lessons")
	}
}

func TestFontIsSmall(t *testing.T) {
	fonts, err := filepath.Glob(filepath.Join(sites(t), learner, "fonts", "*.woff2"))
	if err != nil || len(fonts) != 1 {
		t.Fatalf("want one font, found %v (%v)", fonts, err)
	}
	info, err := os.Stat(fonts[0])
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > maxFont {
		t.Errorf("%s has %d bytes, at most %d", info.Name(), info.Size(), maxFont)
	}
}

func compressed(t *testing.T, name string) int {
	t.Helper()
	contents, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(contents); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
