package load

import (
	"path"
	"slices"
	"strings"

	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/markdown"
)

// page reads a Markdown file: its front matter, from which the caller takes what is particular to the kind of page, and its body.
func (l *loader) page(file, id, address string) (course.Page, object, error) {
	p := course.Page{ID: id, Path: address, Domain: address, File: file}
	if !slices.Contains(l.files[path.Dir(file)], path.Base(file)) {
		l.errorf(diag.Pos{File: file}, "page-missing", "write the file; lectern new makes one to start from", "there is no %s", path.Base(file))
		return p, object{l: l}, nil
	}
	src, err := l.read(file)
	if err != nil {
		return p, object{l: l}, err
	}
	front, body := l.frontMatter(file, src)
	p.Title = front.text("title", "title", course.KindTitle)
	p.Summary = front.optionalText("summary", "summary", course.KindSummary)
	p.Draft = front.bool("draft", false)
	var ds []diag.Diagnostic
	p.Body, ds = markdown.Parse(diag.NewLines(file, src), len(src)-len(body), body)
	l.add(ds...)
	return p, front, nil
}

// frontMatter reads the fields at the start of a file, and gives the Markdown after them.
func (l *loader) frontMatter(file, src string) (front object, body string) {
	yaml, body, ok := cutFrontMatter(src)
	if !ok {
		l.errorf(diag.Pos{File: file, Line: 1, Col: 1}, "front-matter", "begin the file with a line ---, the fields, and a line ---", "the page has no front matter")
		return object{l: l, file: file, broken: true}, src
	}
	return l.yaml(file, yaml, strings.Count(src[:len(src)-len(body)], "\n")-strings.Count(yaml, "\n")-1), body
}

// cutFrontMatter takes the YAML between two lines of --- from the start of a page.
func cutFrontMatter(src string) (yaml, body string, ok bool) {
	rest, ok := strings.CutPrefix(src, "---\n")
	if !ok {
		return "", src, false
	}
	if body, ok := strings.CutPrefix(rest, "---\n"); ok {
		return "", body, true
	}
	yaml, body, ok = strings.Cut(rest, "\n---\n")
	if !ok {
		if yaml, ok := strings.CutSuffix(rest, "\n---"); ok {
			return yaml + "\n", "", true
		}
		return "", src, false
	}
	return yaml + "\n", body, true
}
