package load

import (
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lectern/internal/course"
	"lectern/internal/diag"
)

// present reports whether the tree has the file.
func (l *loader) present(dir, name string) bool { return slices.Contains(l.files[dir], name) }

func (l *loader) sources(lib *course.Library) error {
	if !l.present("modules", "sources.yaml") {
		return nil
	}
	src, err := l.read("modules/sources.yaml")
	if err != nil {
		return err
	}
	top := l.yaml("modules/sources.yaml", src, 0)
	seen := map[string]string{}
	for _, v := range top.list("sources") {
		o := v.object()
		s := course.Source{ID: o.id(), Pos: o.pos()}
		s.Author = o.text("author", s.ID+".author", course.KindSource)
		s.Title = o.text("title", s.ID+".title", course.KindSource)
		s.Year = o.int("year", 0, 1000, 9999)
		var pos = o.pos()
		if s.URL, pos = o.scalar("url"); s.URL != "" && !safeURL(s.URL) {
			l.errorf(pos, "source-url", "use the https:// address of the publication", "not a web address: %q", s.URL)
			s.URL = ""
		}
		l.unique(seen, s.ID, s.Pos, "source")
		o.done()
		lib.Sources = append(lib.Sources, s)
	}
	top.done()
	return nil
}

func (l *loader) terms(lib *course.Library) error {
	if !l.present("translations", "terms.yaml") {
		return nil
	}
	src, err := l.read("translations/terms.yaml")
	if err != nil {
		return err
	}
	top := l.yaml("translations/terms.yaml", src, 0)
	seen := map[string]string{}
	for _, v := range top.list("terms") {
		o := v.object()
		t := course.Term{ID: o.id(), Pos: o.pos(), Names: map[string]course.TermName{}}
		t.PartOfSpeech = o.choice("pos", "noun", "noun", "verb", "adjective", "phrase")
		t.Definition = o.text("definition", t.ID+".definition", course.KindTerm)
		t.Cite, _ = o.scalar("cite")
		t.Article, _ = o.scalar("article")
		langs := o.sub("languages")
		for _, lang := range langs.keys() {
			n := langs.sub(lang)
			name := course.TermName{Pos: n.pos()}
			name.Term, _ = n.required("term")
			name.Variants = texts(n, "variants")
			name.Forbidden = texts(n, "forbidden")
			n.done()
			t.Names[lang] = name
		}
		if _, ok := t.Names[lib.SourceLang]; !ok && t.ID != "" {
			l.errorf(t.Pos, "term-name", "add it under languages", "the term %q has no name in %s", t.ID, lib.SourceLang)
		}
		l.unique(seen, t.ID, t.Pos, "term")
		o.done()
		lib.Terms = append(lib.Terms, t)
	}
	top.done()
	return nil
}

func texts(o object, key string) []string {
	var out []string
	for _, v := range o.list(key) {
		out = append(out, v.string())
	}
	return out
}

// Messages loads the interface's strings: each a text, or the two English plural forms "one" and "other". A tree without
// the file has none.
func Messages(fsys fs.FS) ([]course.Message, []diag.Diagnostic, error) {
	const file = "translations/interface.yaml"
	l := &loader{fsys: fsys}
	if !l.readable("translations", file) {
		return nil, nil, nil
	}
	src, err := l.read(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	top := l.yaml(file, src, 0)
	var out []course.Message
	for _, id := range top.keys() {
		out = append(out, message(top, id))
	}
	top.done()
	return out, l.diags, nil
}

// readable reports that a file and the folders above it are no links and it is not too large, which walk reports.
func (l *loader) readable(dirs ...string) bool {
	for _, name := range dirs {
		info, err := fs.Lstat(l.fsys, name)
		if err == nil && (info.Mode()&fs.ModeSymlink != 0 || info.Mode().IsRegular() && info.Size() > maxPO) {
			return false
		}
	}
	return true
}

func message(top object, id string) course.Message {
	if n := top.get(id); n != nil && len(n.Content) > 0 {
		forms := top.sub(id)
		m := course.Message{Text: forms.text("other", id, course.KindMessage)}
		m.Singular, _ = forms.required("one")
		m.Forms = map[string]string{"one": m.Singular, "other": m.Source}
		forms.done()
		top.placeholders(m.Text)
		top.placeholders(course.NewText(id, course.KindMessage, m.Singular, m.Pos))
		return m
	}
	t := top.text(id, id, course.KindMessage)
	top.placeholders(t)
	return course.Message{Text: t, Forms: map[string]string{"other": t.Source}}
}

var placeholder = regexp.MustCompile(`\{\{ \.[A-Za-z]+ \}\}`)

// placeholders refuses more than values between the braces of a message: Hugo would run it as a program.
func (o object) placeholders(t course.Text) {
	if strings.Contains(placeholder.ReplaceAllString(t.Source, ""), "{{") {
		o.l.errorf(t.Pos, "message-placeholder", "write {{ .Count }}, the name of a value alone", "a message can hold values, not templates")
	}
}

func safeURL(s string) bool {
	for _, scheme := range []string{"https://", "http://"} {
		if len(s) > len(scheme) && s[:len(scheme)] == scheme {
			return strconv.CanBackquote(s) && !strings.ContainsAny(s, " \"'<>\\`")
		}
	}
	return false
}
