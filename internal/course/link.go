package course

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"lectern/internal/diag"
)

// Links knows what links of a work can point at: pages by their files, headings, terms, sources and pictures.
type Links struct {
	pages   map[string]*linkPage // by file
	images  map[string]Image     // by file
	terms   map[string]bool
	sources map[string]bool
	termIDs []string
	srcIDs  []string
}

type linkPage struct {
	path    string
	anchors []string
}

// Target is where a link leads.
type Target struct {
	Kind   TargetKind
	Path   string // of a page, below the language
	Anchor string // of a heading; the id of a term or source
	Image  Image
}

// TargetKind is the kind of a Target.
type TargetKind string

const (
	TargetPage   TargetKind = "page"
	TargetTerm   TargetKind = "term"
	TargetSource TargetKind = "source"
	TargetImage  TargetKind = "image"
)

// NewLinks indexes what can be linked to.
func NewLinks(l Library) *Links {
	x := &Links{pages: map[string]*linkPage{}, images: map[string]Image{}, terms: map[string]bool{}, sources: map[string]bool{}}
	add := func(p Page) {
		lp := &linkPage{path: p.Path}
		for _, b := range p.Body.Blocks {
			if b.Kind == Heading {
				lp.anchors = append(lp.anchors, b.ID)
			}
		}
		x.pages[p.File] = lp
	}
	add(l.Home)
	for _, c := range l.Collections {
		add(c.Page)
		for _, m := range c.Modules {
			add(m.Page)
			for _, lesson := range m.Lessons {
				add(lesson.Page)
			}
			for _, i := range m.Images {
				x.images[i.File] = i
			}
		}
	}
	for _, t := range l.Terms {
		x.terms[t.ID] = true
		x.termIDs = append(x.termIDs, t.ID)
	}
	for _, s := range l.Sources {
		x.sources[s.ID] = true
		x.srcIDs = append(x.srcIDs, s.ID)
	}
	return x
}

// Resolve finds where a link written in file leads. A link that leads nowhere gives a diagnostic at its place.
func (x *Links) Resolve(file string, l Link) (Target, *diag.Diagnostic) {
	fail := func(rule, hint, format string, args ...any) (Target, *diag.Diagnostic) {
		d := diag.Errorf(l.Pos, rule, hint, format, args...)
		return Target{}, &d
	}
	scheme, rest, hasScheme := strings.Cut(l.Dest, ":")
	switch {
	case l.Image && hasScheme:
		return fail("image-remote", "put the picture into the module's images folder", "picture from outside: %q", l.Dest)
	case l.Image:
		if i, ok := x.images[path.Join(path.Dir(file), l.Dest)]; ok {
			return Target{Kind: TargetImage, Image: i}, nil
		}
		return fail("image-missing", x.near(l.Dest, file, fileNames(x.images), "add the file to the module's images folder"), "there is no picture %q", l.Dest)
	case scheme == "term":
		if x.terms[rest] {
			return Target{Kind: TargetTerm, Anchor: rest}, nil
		}
		return fail("term-unknown", suggest(rest, x.termIDs, "add it to translations/terms.yaml"), "unknown term %q", rest)
	case scheme == "cite":
		if x.sources[rest] {
			return Target{Kind: TargetSource, Anchor: rest}, nil
		}
		return fail("source-unknown", suggest(rest, x.srcIDs, "add it to modules/sources.yaml"), "unknown source %q", rest)
	case hasScheme || strings.HasPrefix(l.Dest, "//"):
		return fail("link-external", "add the page to modules/sources.yaml and link with cite:its-id", "link to outside: %q", l.Dest)
	}
	name, anchor, _ := strings.Cut(l.Dest, "#")
	target := file
	if name != "" {
		target = path.Join(path.Dir(file), name)
	}
	p, ok := x.pages[target]
	if !ok {
		return fail("link-broken", x.near(name, file, fileNames(x.pages), "link to the .md file of a page, relative to this file"), "there is no page %q", name)
	}
	if anchor != "" && !slices.Contains(p.anchors, anchor) {
		return fail("anchor-broken", suggest(anchor, p.anchors, "use the English heading in lower case with hyphens"), "%s has no heading %q", target, anchor)
	}
	return Target{Kind: TargetPage, Path: p.path, Anchor: anchor}, nil
}

// near suggests a file, written relative to the file that links.
func (x *Links) near(name, from string, files []string, otherwise string) string {
	got := diag.Nearest(path.Join(path.Dir(from), name), files)
	if got == "" {
		return otherwise
	}
	return fmt.Sprintf("did you mean %q?", Relative(path.Dir(from), got))
}

func suggest(name string, candidates []string, otherwise string) string {
	if got := diag.Nearest(name, candidates); got != "" {
		return fmt.Sprintf("did you mean %q?", got)
	}
	return otherwise
}

func fileNames[T any](m map[string]T) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Relative is the shortest relative path from one slash-separated folder to a file below the same root.
func Relative(dir, file string) string {
	from, to := split(dir), split(file)
	for len(from) > 0 && len(to) > 1 && from[0] == to[0] {
		from, to = from[1:], to[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(to, "/")
}

func split(p string) []string {
	if p == "" || p == "." {
		return nil
	}
	return strings.Split(p, "/")
}
