// Package archtest holds the import rules of docs/architecture.md, as a test.
package archtest

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed lists, for each room, the rooms it may import. Imports point down only, and stages never import each other.
var allowed = map[string][]string{
	"diag":     {},
	"po":       {},
	"course":   {"diag"},
	"markdown": {"course", "diag"},
	"site":     {"course"},
	"load":     {"markdown", "course", "diag"},
	"locale":   {"markdown", "po", "course", "diag"},
	"edition":  {"course", "diag"},
	"check":    {"course", "diag"},
	"assets":   {"site"},
	"render":   {"site", "course", "diag"},
	"publish":  {"site", "course", "diag"},
	"serve":    {"site", "course", "diag"},
	"build":    {"load", "locale", "edition", "check", "assets", "render", "pack", "publish", "serve", "site", "course", "diag"},
	"pack":     {"markdown", "site", "course", "diag"},
	"bench":    {"build"},
}

// sole lists the libraries that only the named rooms may import, by the start of their import path.
var sole = map[string][]string{
	"github.com/gohugoio/hugo":     {"render"},
	"github.com/evanw/esbuild":     {"assets"},
	"github.com/yuin/goldmark":     {"markdown"},
	"github.com/go-git/go-git":     {"gitrepo"},
	"go.yaml.in/yaml":              {"load"},
	"github.com/spf13/cobra":       {"cmd"},
	"github.com/fsnotify/fsnotify": {"serve", "render"}, // Hugo takes changes as its events
}

type listed struct {
	ImportPath string
	Imports    []string
}

func TestImports(t *testing.T) {
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "lectern/...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		room, internal := strings.CutPrefix(p.ImportPath, "lectern/internal/")
		room, _, _ = strings.Cut(room, "/")
		if internal && room != "archtest" && room != "browsertest" {
			seen[room] = true
			if _, known := allowed[room]; !known {
				t.Errorf("room %s has no import rule", room)
			}
		}
		for _, i := range p.Imports {
			checkImport(t, p.ImportPath, room, internal, i)
		}
	}
	for room := range allowed {
		if !seen[room] {
			t.Errorf("there is no room %s", room)
		}
	}
}

func checkImport(t *testing.T, importer, room string, internal bool, imported string) {
	to, ours := strings.CutPrefix(imported, "lectern/internal/")
	to, _, _ = strings.Cut(to, "/")
	if ours && internal && to != room && !slices.Contains(allowed[room], to) {
		t.Errorf("%s must not import %s", importer, imported)
	}
	if !internal {
		room = "cmd"
	}
	for library, owners := range sole {
		if strings.HasPrefix(imported, library) && !slices.Contains(owners, room) {
			t.Errorf("%s must not import %s: only %s may", importer, imported, strings.Join(owners, ", "))
		}
	}
}
