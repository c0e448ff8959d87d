// Package browsertest looks at the finished reference work the way its readers do: its files as a whole here in Go, and its pages in
// Chromium and Firefox in the *.test.mjs files, which browser_test.go runs.
package browsertest

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"lectern"
	"lectern/internal/build"
	"lectern/internal/course"
	"lectern/internal/diag"
)

const (
	learner     = "learner"
	facilitator = "facilitator"
	types       = "types" // a small work with every type of question, in English and Arabic
)

var languages = []string{"ar", "zh", "en", "fr", "ru", "es"}

// temp is where the sites are built. People unpack them into folders with names such as this.
var temp string

func TestMain(m *testing.M) {
	var err error
	if temp, err = os.MkdirTemp("", "lectern"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(temp)
	os.Exit(code)
}

// sites builds both editions and the work of types, once, and returns the folder that holds them.
func sites(t *testing.T) string {
	t.Helper()
	dir, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

var built = sync.OnceValues(func() (string, error) {
	dir := filepath.Join(temp, "USB #1, 100% ملفات")
	for name, site := range map[string]struct {
		work     string
		audience course.Audience
	}{
		learner:     {"../..", course.Learner},
		facilitator: {"../..", course.Facilitator},
		types:       {"../build/testdata/alltypes", course.Facilitator}, // for the answer keys
	} {
		work, err := filepath.Abs(site.work)
		if err != nil {
			return "", err
		}
		_, diags, err := build.Build(context.Background(), build.Options{
			Dir: work, Dest: filepath.Join(dir, name), Audience: site.audience, Defaults: lectern.Defaults,
		})
		if err != nil {
			return "", err
		}
		for _, d := range diags {
			if d.Severity == diag.Error {
				return "", fmt.Errorf("%s:%d: %s", d.File, d.Line, d.Message)
			}
		}
	}
	return dir, nil
})

// page is a parsed page of a site.
type page struct {
	name string // its path below the site, with slashes
	root *html.Node
}

// pages parses every page of an edition.
func pages(t *testing.T, edition string) []page {
	t.Helper()
	dir := filepath.Join(sites(t), edition)
	var out []page
	err := filepath.WalkDir(dir, func(full string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(full) != ".html" {
			return err
		}
		f, err := os.Open(full)
		if err != nil {
			return err
		}
		defer f.Close()
		root, err := html.Parse(f)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, full)
		out = append(out, page{filepath.ToSlash(name), root})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// elements are those of the page, in their order, without what templates hold back.
func (p page) elements() (out []*html.Node) {
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && !inTemplate(n) {
			out = append(out, n)
		}
	}
	return out
}

// kind is the layout that drew the page, which is a class of its body.
func (p page) kind() string {
	for _, n := range p.elements() {
		if n.Data != "body" {
			continue
		}
		class, _ := attr(n, "class")
		for c := range strings.FieldsSeq(class) {
			if kind, ok := strings.CutPrefix(c, "page-"); ok {
				return kind
			}
		}
	}
	return ""
}

func inTemplate(n *html.Node) bool {
	for a := range n.Ancestors() {
		if a.Data == "template" {
			return true
		}
	}
	return false
}

// attr is the value of an attribute, and whether it is there.
func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func hasClass(n *html.Node, class string) bool {
	v, _ := attr(n, "class")
	return slices.Contains(strings.Fields(v), class)
}

// words is the text inside an element.
func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}
