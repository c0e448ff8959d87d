package build_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"lectern"
	"lectern/internal/build"
	"lectern/internal/course"
	"lectern/internal/diag"
)

// A tree is the files of a work, by name.
type tree map[string]string

const (
	tinyModule = "---\ntitle: A & B\nsummary: C\nobjectives: [{id: a, text: b}]\n---\n"
	tinyLesson = "---\ntitle: A & B\nsummary: C\n---\n"
	picture    = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text id="a">Words</text></svg>`
	shows      = "![A picture](images/picture.svg)\n"
	poHeader   = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
)

// tiny is a work without modules, in two languages.
func tiny() tree {
	return tree{
		"hugo.toml":                "[languages.en]\n[languages.fr]\n",
		"modules/_index.md":        "---\ntitle: A site\n---\n",
		"modules/manual/_index.md": "---\ntitle: A manual\n---\n",
		"modules/sources.yaml":     "sources:\n  - {id: s, author: An author, title: The title, url: 'https://source.example/'}\n",
		"translations/terms.yaml":  "terms:\n  - {id: t, definition: The definition, cite: s, languages: {en: {term: a term}}}\n",
	}
}

// module adds a module with one lesson that has the given text.
func (w tree) module(name, text string) tree {
	dir := "modules/manual/" + name + "/"
	w[dir+"_index.md"], w[dir+"1-page.md"] = tinyModule, tinyLesson+text
	return w
}

func (w tree) write(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range w {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func options(dir string, audience course.Audience) build.Options {
	return build.Options{Dir: dir, Dest: "public", Audience: audience, Defaults: lectern.Defaults}
}

// build builds the work and gives the folder of the output.
func (w tree) build(t *testing.T) string {
	t.Helper()
	dir := w.write(t)
	_, diags, err := build.Build(context.Background(), options(dir, course.Learner))
	if err != nil {
		t.Fatal(err)
	}
	if errs, _ := diag.Count(diags); errs > 0 {
		t.Fatalf("the build refused:\n%s", text(diags))
	}
	return filepath.Join(dir, "public")
}

// text is what is printed of errors; the works of these tests are full of warnings.
func text(diags []diag.Diagnostic) string {
	var out bytes.Buffer
	_ = diag.Text(&out, slices.DeleteFunc(slices.Clone(diags), func(d diag.Diagnostic) bool { return d.Severity == diag.Warning }))
	return out.String()
}

// payload is something hostile, and what becomes of it.
type payload struct {
	name  string
	rules []string // that refuse it; "page": it makes a harmless page
	files map[string]string
}

func payloads(t *testing.T) []payload {
	t.Helper()
	files, err := filepath.Glob("testdata/payloads/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	var out []payload
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			title, name, ok := strings.Cut(f.Name, " / ")
			rules, what, ok2 := strings.Cut(title, ": ")
			if !ok || !ok2 {
				t.Fatalf("%s: %q is not: rules: what it is / file", file, f.Name)
			}
			name = strings.TrimSpace(name)
			what = strings.TrimSuffix(path.Base(file), ".txtar") + ": " + what
			if n := len(out) - 1; n < 0 || out[n].name != what {
				out = append(out, payload{what, slices.Sorted(slices.Values(strings.Fields(rules))), map[string]string{}})
			}
			out[len(out)-1].files[name] = string(f.Data)
		}
	}
	return out
}

// add puts a payload into a module of its own; one that is not part of a module goes where all modules see it.
func (w tree) add(p payload, module string) (alone bool) {
	w.module("1-"+module, shows)
	dir := "modules/manual/1-" + module + "/"
	w[dir+"images/picture.svg"] = picture
	for file, text := range p.files {
		switch {
		case file == "body.md":
			w[dir+"1-page.md"] = tinyLesson + text
		case file == "page.md":
			w[dir+"1-page.md"] = text
		case file == "module.md":
			w[dir+"_index.md"] = text
		case file == "quiz.yaml":
			w["quizzes/manual/1-"+module+".yaml"] = text
		case file == "picture.svg":
			w[dir+"images/picture.svg"] = text
		case file == "home.md":
			w["modules/_index.md"], w["modules/manual/_index.md"] = text, text
			alone = true
		case file == "sources.yaml":
			w["modules/sources.yaml"] = text
			alone = true
		case strings.HasSuffix(file, ".yaml"):
			w["translations/"+file] = text
			alone = true
		case slices.Contains([]string{"fr/page.po", "fr/quizzes.po", "fr/images.po"}, file):
			w["translations/fr/manual/"+module+"/"+path.Base(file)] = poHeader + text
		default:
			w["translations/"+file] = poHeader + text
			alone = true
		}
	}
	return alone
}

// TestPayloads builds everything hostile that we know of. Each payload is refused by the rules it names and no others, or makes pages
// without anything that runs, is fetched or leads elsewhere.
func TestPayloads(t *testing.T) {
	all := payloads(t)
	if len(all) < 200 {
		t.Errorf("%d payloads", len(all))
	}
	refused, harmless := tiny(), tiny()
	expected := map[string]payload{} // by module
	for i, p := range all {
		module, page := fmt.Sprintf("p%d", i), p.rules[0] == "page"
		own := tiny()
		switch alone := own.add(p, module); {
		case alone && page:
			t.Run(p.name, func(t *testing.T) { inert(t, own.build(t)) })
		case alone:
			t.Run(p.name, func(t *testing.T) {
				if diags := check(t, own); !slices.Equal(rules(diags), p.rules) {
					t.Errorf("refused by %q, want %q\n%s", rules(diags), p.rules, text(diags))
				}
			})
		case page:
			harmless.add(p, module)
		default:
			refused.add(p, module)
			expected[module] = p
		}
	}
	t.Run("refused", func(t *testing.T) {
		diags := map[string][]diag.Diagnostic{}
		for _, d := range check(t, refused) {
			module := regexp.MustCompile(`\bp\d+\b`).FindString(d.File)
			diags[module] = append(diags[module], d)
		}
		for module, p := range expected {
			if got := rules(diags[module]); !slices.Equal(got, p.rules) {
				t.Errorf("%s: refused by %q, want %q\n%s%s", p.name, got, p.rules, text(diags[module]), p.files)
			}
			delete(diags, module)
		}
		for module, d := range diags {
			t.Errorf("module %q: %s", module, text(d))
		}
	})
	t.Run("harmless", func(t *testing.T) { inert(t, harmless.build(t)) })
}

func check(t *testing.T, w tree) []diag.Diagnostic {
	t.Helper()
	diags, err := build.Check(options(w.write(t), course.Learner))
	if err != nil {
		t.Fatal(err)
	}
	return diags
}

// rules are the rules of the errors, sorted.
func rules(diags []diag.Diagnostic) []string {
	var out []string
	for _, d := range diags {
		if d.Severity == diag.Error {
			out = append(out, d.Rule)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// inert looks at every page and diagram of an output.
func inert(t *testing.T, dir string) {
	t.Helper()
	pages := 0
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		ext := filepath.Ext(name)
		if err != nil || d.IsDir() || ext != ".html" && ext != ".svg" {
			return err
		}
		pages++
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		name, _ = filepath.Rel(dir, name)
		for _, fault := range faults(b, ext == ".html") {
			t.Errorf("%s: %s", name, fault)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if pages < 5 {
		t.Errorf("%d pages", pages)
	}
}

var (
	ownScript = regexp.MustCompile(`^(\.\./)*assets/[a-z]+\.[0-9a-f]{8}\.js$`)
	scheme    = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+.-]*:`)
	source    = regexp.MustCompile(`^https://source\.example/`)
	addresses = strings.Fields("href src srcset action formaction poster data cite background ping manifest longdesc codebase xlink:href values to from")
	forbidden = strings.Fields("iframe frame frameset object embed applet form base style math foreignobject use image animate set a:svg")
)

// faults are the parts of a page that run, fetch or lead elsewhere. A page must bring its own policy.
func faults(page []byte, whole bool) []string {
	doc, err := html.ParseWithOptions(bytes.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		return []string{err.Error()}
	}
	var out []string
	policy := !whole
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		attr := map[string]string{}
		for _, a := range n.Attr {
			key := strings.ToLower(a.Key)
			if a.Namespace != "" {
				key = a.Namespace + ":" + key
			}
			attr[key] = a.Val
			switch {
			case strings.HasPrefix(key, "on"), key == "style", key == "srcdoc", key == "autofocus", key == "xml:base":
				out = append(out, fmt.Sprintf("<%s %s=%q>", n.Data, key, a.Val))
			case slices.Contains(addresses, key):
				// What browsers leave out before they look for a scheme.
				url := strings.Map(func(r rune) rune {
					if r <= ' ' || r == 0x7f {
						return -1
					}
					return r
				}, a.Val)
				if cited := n.Data == "a" && key == "href" && source.MatchString(a.Val); !cited &&
					(scheme.MatchString(url) || strings.HasPrefix(strings.ReplaceAll(url, `\`, "/"), "//")) {
					out = append(out, fmt.Sprintf("<%s %s=%q>", n.Data, key, a.Val))
				}
			}
		}
		switch tag := strings.ToLower(n.Data); {
		case slices.Contains(forbidden, tag), tag == "svg" && whole:
			out = append(out, "<"+tag+">")
		case tag == "script" && (!ownScript.MatchString(attr["src"]) || n.FirstChild != nil):
			out = append(out, fmt.Sprintf("<script src=%q>", attr["src"]))
		case tag == "meta" && attr["http-equiv"] != "":
			policy = policy || attr["http-equiv"] == "Content-Security-Policy" && strings.Contains(attr["content"], "script-src 'self';")
			if attr["http-equiv"] != "Content-Security-Policy" {
				out = append(out, fmt.Sprintf("<meta http-equiv=%q>", attr["http-equiv"]))
			}
		case tag == "link" && attr["rel"] != "stylesheet" && attr["rel"] != "icon":
			out = append(out, fmt.Sprintf("<link rel=%q>", attr["rel"]))
		}
	}
	if !policy {
		out = append(out, "no policy")
	}
	return out
}

// TestFaults proves that the test of pages can fail.
func TestFaults(t *testing.T) {
	const page = `<meta http-equiv="Content-Security-Policy" content="script-src 'self'; x">`
	for _, part := range strings.Split(`<a href="x.html" class="y">x</a>
<a href="https://source.example/x">x</a>
<script src="../assets/main.0123abcd.js"></script>
<img src="../media/x.svg" alt="onclick=&quot;alert(1)&quot;">`, "\n") {
		if got := faults([]byte(page+part), true); len(got) > 0 {
			t.Errorf("%s: %s", part, got)
		}
	}
	for _, part := range strings.Split(`<script>alert(1)</script>
<script src="https://evil.example/assets/main.0123abcd.js"></script>
<script src="assets/main.0123abcd.js">alert(1)</script>
<p onclick=x>
<p STYLE=x>
<a href="javascript:x">
<a href="&#1;java&Tab;script:x">
<a href=" DATA:x">
<a href="//evil.example">
<a href="\\evil.example">
<a href="http://source.example/">
<img src="https://source.example/">
<img srcset="//evil.example/x 2x">
<svg><a xlink:href="javascript:x"></a></svg>
<template><iframe></template>
<noscript><form></noscript>
<base>
<meta http-equiv=refresh>
<link rel=preload>
<object><embed><style>`, "\n") {
		if got := faults([]byte(page+part), true); len(got) == 0 {
			t.Errorf("%s: no fault", part)
		}
	}
	if got := faults([]byte("<p>"), true); !slices.Equal(got, []string{"no policy"}) {
		t.Error(got)
	}
}

// soon fails when run takes so long that something must grow faster than its input. The time is generous: it is there for what would
// take minutes.
func soon(t *testing.T, limit time.Duration, run func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		run()
	}()
	select {
	case <-done:
	case <-time.After(limit):
		t.Fatalf("not done after %s", limit)
	}
}

// TestFiles gives the loader files that are not what they seem. Nothing outside the work is read, and nothing is written.
func TestFiles(t *testing.T) {
	const secret = "a secret from outside"
	outside := t.TempDir()
	for name, text := range (tree{"page.md": tinyLesson + secret, "modules/_index.md": "---\ntitle: " + secret + "\n---\n",
		"translations/interface.yaml": "skip: " + secret, "baseof.html": secret, "hugo.toml": ""}) {
		name = filepath.Join(outside, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name  string
		links map[string]string // name in the work to a place outside; one that begins with a dot is relative
		files tree
		rules string // that refuse it
		err   string // or the end of the error of the machine
	}{
		{name: "page", links: map[string]string{"modules/manual/1-m/2-x.md": "page.md"}, rules: "symlink"},
		{name: "page inside the work", links: map[string]string{"modules/manual/1-m/2-x.md": "./1-page.md"}, rules: "symlink"},
		{name: "page in place of a page", links: map[string]string{"modules/manual/_index.md": "page.md"}, rules: "page-missing symlink"},
		{name: "nowhere", links: map[string]string{"modules/manual/1-m/2-x.md": "nowhere"}, rules: "symlink"},
		{name: "itself", links: map[string]string{"modules/manual/1-m/2-x": "."}, rules: "symlink"},
		{name: "above", links: map[string]string{"modules/manual/1-m/2-x": "../../.."}, rules: "symlink"},
		{name: "module", links: map[string]string{"modules/manual/2-n": "modules"}, rules: "symlink"},
		{name: "collection", links: map[string]string{"modules/other": "modules"}, rules: "symlink"},
		{name: "picture", links: map[string]string{"modules/manual/1-m/images/x.png": "page.md"}, rules: "symlink"},
		{name: "pictures", links: map[string]string{"modules/manual/1-m/images": ""}, rules: "symlink"},
		{name: "quizzes of a module", links: map[string]string{"quizzes/manual/1-m.yaml": "page.md"}, rules: "symlink"},
		{name: "catalogue", links: map[string]string{"translations/fr/terms.po": "page.md"}, rules: "symlink"},
		{name: "language", links: map[string]string{"translations/fr": "translations"}, rules: "symlink"},
		{name: "modules", links: map[string]string{"modules": "modules"}, rules: "page-missing source-unknown symlink"},
		{name: "quizzes", links: map[string]string{"quizzes": "modules"}, rules: "symlink"},
		{name: "translations", links: map[string]string{"translations": "translations"}, rules: "symlink"},
		{name: "interface", links: map[string]string{"translations/interface.yaml": "translations/interface.yaml"}, rules: "symlink"},
		{name: "layouts", links: map[string]string{"layouts": ""}, err: "read layouts: statat layouts: path escapes from parent"},
		{name: "layout", links: map[string]string{"layouts/baseof.html": "baseof.html"}, err: "read layouts: layouts/baseof.html is a symbolic link: put the file itself there"},
		{name: "assets", links: map[string]string{"assets": ""}, err: "read assets: statat assets: path escapes from parent"},
		{name: "static", links: map[string]string{"static": ""}, err: "read static: statat static: path escapes from parent"},
		{name: "static file", links: map[string]string{"static/x.txt": "page.md"}, err: "read static: static/x.txt is a symbolic link: put the file itself there"},
		{name: "configuration", links: map[string]string{"hugo.toml": "hugo.toml"}, err: "read configuration: openat hugo.toml: path escapes from parent"},

		{name: "HTML", files: tree{"modules/manual/1-m/x.html": "<script>alert(1)</script>"}, rules: "file-kind"},
		{name: "script", files: tree{"modules/manual/1-m/images/x.js": "alert(1)"}, rules: "file-kind"},
		{name: "diagram among pages", files: tree{"modules/manual/1-m/x.svg": picture}, rules: "file-kind"},
		{name: "animation", files: tree{"modules/manual/1-m/images/x.gif": "GIF89a"}, rules: "file-kind"},
		{name: "layout among quizzes", files: tree{"quizzes/baseof.html": "x"}, rules: "file-kind"},
		{name: "script among translations", files: tree{"translations/fr/x.js": "x"}, rules: "file-kind"},
		{name: "page without a module", files: tree{"modules/x.md": tinyLesson, "modules/manual/x.md": tinyLesson}, rules: "file-kind"},
		{name: "quizzes without a module", files: tree{"quizzes/manual/2-x.yaml": "quizzes: []", "quizzes/x.yaml": ""}, rules: "quiz-module"},
		{name: "folder in a module", files: tree{"modules/manual/1-m/more/x.md": tinyLesson}, rules: "file-kind"},
		{name: "address that is a script", files: tree{"modules/manual/javascript:alert(1)/_index.md": tinyModule}, rules: "file-name"},
		{name: "markup in a folder's name", files: tree{`modules/a"onclick="alert(1)/_index.md`: tinyLesson}, rules: "file-name"},
		{name: "markup in a file's name", files: tree{`modules/manual/1-m/<img src=x onerror=alert(1)>.md`: tinyLesson}, rules: "file-name"},
		{name: "line break in a name", files: tree{"modules/manual/1-m/a\nb.md": tinyLesson}, rules: "file-name"},
		{name: "capitals", files: tree{"modules/manual/1-m/A.md": tinyLesson}, rules: "file-name"},
		{name: "dots", files: tree{"modules/manual/1-m/2-x.fr.md": tinyLesson, "modules/manual/1-m/2-...md": tinyLesson}, rules: "file-name"},
		{name: "page that would be its folder", files: tree{"modules/manual/1-m/index.md": tinyLesson, "modules/manual/1-m/2-index.md": tinyLesson}, rules: "file-name"},
		{name: "page that would be its module", files: tree{"modules/manual/1-m/2-_index.md": tinyLesson}, rules: "file-name"},
		{name: "collection that would be another's", files: tree{"modules/2-manual/_index.md": tinyLesson}, rules: "duplicate-id"},
		{name: "module that would be another's", files: tree{"modules/manual/2-m/_index.md": tinyModule}, rules: "duplicate-id"},
		{name: "lesson that would be another's", files: tree{"modules/manual/1-m/2-page.md": tinyLesson}, rules: "duplicate-id"},
		{name: "collection that would be the pictures", files: tree{"modules/media/_index.md": tinyLesson}, rules: "name-reserved"},
		{name: "collection that would be the glossary", files: tree{"modules/3-glossary/_index.md": tinyLesson}, rules: "name-reserved"},
		{name: "picture that is none", files: tree{"modules/manual/1-m/images/x.png": "<svg onload=alert(1)>"}, rules: "image-format"},
		{name: "picture of another kind", files: tree{"modules/manual/1-m/images/x.jpg": "GIF89a\x01\x00\x01\x00\x00\x00\x00;"}, rules: "image-format"},
		{name: "picture of a thousand million pixels", files: tree{"modules/manual/1-m/images/x.png": bomb}, rules: "image-size"},
		{name: "large page", files: tree{"modules/manual/1-m/2-x.md": tinyLesson + strings.Repeat("a\n\n", 90_000)}, rules: "page-size"},
		{name: "huge page", files: tree{"modules/manual/1-m/2-x.md": strings.Repeat("a\n\n", 200_000)}, rules: "file-size"},
		{name: "huge quizzes", files: tree{"quizzes/manual/1-m.yaml": strings.Repeat("# a\n", 200_000)}, rules: "file-size"},
		{name: "huge catalogue", files: tree{"translations/fr/terms.po": strings.Repeat("# a\n", 1_100_000)}, rules: "file-size"},
		{name: "huge picture", files: tree{"modules/manual/1-m/images/x.png": strings.Repeat("a", 4<<20+1)}, rules: "file-size"},
		{name: "UTF-16", files: tree{"modules/manual/1-m/2-x.md": "\xff\xfe-\x00-\x00-\x00"}, rules: "front-matter summary-missing text-encoding"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := tiny().module("1-m", "Text.\n")
			for name, text := range tt.files {
				w[name] = text
			}
			dir := w.write(t)
			for name, target := range tt.links {
				if strings.HasPrefix(target, ".") {
					target = filepath.FromSlash(target)
				} else {
					target = filepath.Join(outside, filepath.FromSlash(target))
				}
				name = filepath.Join(dir, filepath.FromSlash(name))
				if err := errors.Join(os.RemoveAll(name), os.MkdirAll(filepath.Dir(name), 0o755), os.Symlink(target, name)); err != nil {
					t.Skip(err)
				}
			}
			_, diags, err := build.Build(context.Background(), options(dir, course.Learner))
			if got := strings.Join(rules(diags), " "); got != tt.rules {
				t.Errorf("refused by %q, want %q\n%s", got, tt.rules, text(diags))
			}
			if tt.err == "" && err != nil || tt.err != "" && (err == nil || err.Error() != tt.err) {
				t.Errorf("error %v, want %q", err, tt.err)
			}
			if strings.Contains(text(diags), secret) {
				t.Errorf("the diagnostics tell: %s", text(diags))
			}
			if _, err := os.Lstat(filepath.Join(dir, "public")); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("something was written: %v", err)
			}
		})
	}
}

// bomb is the start of a PNG of 30,000 by 30,000 pixels, which is all that may be read of it.
var bomb = func() string {
	header := "IHDR\x00\x00\x75\x30\x00\x00\x75\x30\x08\x02\x00\x00\x00"
	return "\x89PNG\r\n\x1a\n\x00\x00\x00\r" + header + string(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(header))))
}()

// TestHiddenFiles proves that what version control, editors and systems leave in a work is not published.
func TestHiddenFiles(t *testing.T) {
	w := tiny().module("1-m", "Text.\n")
	for _, name := range []string{".git/config", "modules/.DS_Store", "modules/manual/1-m/.secret.md", "modules/manual/.old/_index.md",
		"modules/manual/1-m/images/.x.svg", "static/.env", "translations/.x.po", "notes.md", "secret/x.md"} {
		w[name] = tinyLesson + "a secret"
	}
	out := w.build(t)
	walk(t, out, func(name string, contents []byte) {
		if bytes.Contains(contents, []byte("a secret")) || strings.HasPrefix(path.Base(name), ".") {
			t.Errorf("%s was published", name)
		}
	})
}

// walk calls f with every file of an output.
func walk(t *testing.T, dir string, f func(name string, contents []byte)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		f(name, b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestCostly builds what could cost a parser far more than its size. Each ends soon, with a rule or a page.
func TestCostly(t *testing.T) {
	const kilobyte = 1 << 10
	fill := func(s string, n int) string { return strings.Repeat(s, n/len(s)) }
	// page is full of the same paragraph.
	page := func(paragraph string) string { return fill(paragraph+"\n\n", 250*kilobyte) }
	numbered := func(format string, n int) string {
		var out strings.Builder
		for i := 0; out.Len() < n; i++ {
			fmt.Fprintf(&out, format, i)
		}
		return out.String()
	}
	quiz := func(fields string) string {
		return "quizzes:\n- id: a\n  title: A\n  questions:\n  - {id: a, type: true-false, prompt: A, answer: true, objective: a, explanation: B, " + fields + "}\n"
	}
	const lesson, quizzes, terms = "modules/manual/1-m/1-page.md", "quizzes/manual/1-m.yaml", "translations/terms.yaml"
	const full = 15 * kilobyte // of what one paragraph may have
	tests := []struct {
		name, file, text string
		rules            string
	}{
		{"attributes", lesson, page(fill("{a=", full)), ""},
		{"attributes of a heading", lesson, page("## a " + fill("{a=", full)), ""},
		{"attributes of a fence", lesson, page("``` {" + fill("a=", full) + "}\nx\n```"), "fence-info"},
		{"32 KB of attributes", lesson, fill("{a=", 32*kilobyte), "paragraph-size"},
		{"32 KB of brackets", lesson, fill("[", 32*kilobyte), "paragraph-size"},
		{"32 KB of quotation marks", lesson, fill(">", 32*kilobyte), "nesting"},
		{"32 KB of less-than signs", lesson, fill("<", 32*kilobyte), "paragraph-size"},
		{"32 KB of emphasis", lesson, fill("*a ", 32*kilobyte), "paragraph-size"},
		{"32 KB of backquotes", lesson, fill("`", 32*kilobyte), "paragraph-size"},
		{"emphasis", lesson, page(fill("*a_ ", 7*kilobyte)), "nesting"},
		{"emphasis below the limit", lesson, page(fill("*a_ ", 3*kilobyte)), ""},
		{"links that nothing closes", lesson, page(fill("[a](", full)), "nesting"},
		{"links that nothing closes below the limit", lesson, page(fill("[a](", 1900)), ""},
		{"tags that nothing closes", lesson, page(fill("<a href=\"", full)), ""},
		{"tags below the limit", lesson, page(fill("&lt;<a ", full)), "nesting"},
		{"backquotes of all lengths", lesson, page(func() string {
			var out strings.Builder
			for i := 0; out.Len() < full; i++ {
				out.WriteString(strings.Repeat("`", i%60+1) + "a")
			}
			return out.String()
		}()), ""},
		{"numbered lists in one line", lesson, page(fill("1) ", full)), "nesting"},
		{"lists and quotations in one line", lesson, page(fill("> - ", full)), "nesting"},
		{"lists and quotations below the limit", lesson, page(fill("> - ", 24) + "a"), ""},
		{"lists line under line", lesson, page(func() string {
			var out strings.Builder
			for i := range 40 {
				out.WriteString(strings.Repeat("  ", i) + "- a\n")
			}
			return out.String()
		}()), ""},
		{"indentation", lesson, page(fill(" ", 200) + "a"), "nesting"},
		{"tabs", lesson, page(fill("\ta\n", full)), ""},
		{"table of thousands of columns", lesson, fill("a|", 5*kilobyte) + "\n" + fill("-|", 5*kilobyte) + "\n" + fill("|\n", 5*kilobyte), "table-size"},
		{"tables of short rows", lesson, page(fill("a|", 100) + "\n" + fill("-|", 100) + "\n" + fill("|\n", full-300)), "table-size"},
		{"tables below the limit", lesson, fill("a|", 60) + "\n" + fill("-|", 60) + "\n" + fill("|\n", 1200), ""},
		{"footnotes", lesson, numbered("[^%[1]d]: a\n\n[^%[1]d]\n\n", 200*kilobyte), "footnotes"},
		{"marks of one footnote", lesson, page(fill("[^1]", 1900)) + "[^1]: a\n", ""},
		{"link definitions", lesson, numbered("[%d]: a\n\n", 200*kilobyte), "link-reference"},
		{"equal paragraphs", lesson, page("a"), ""},
		{"equal headings", lesson, page("## a"), ""},
		{"equal list items", lesson, page(fill("- a\n", full)), ""},
		{"definitions", lesson, page(fill("a\n: b\n", full)), ""},
		{"fences", lesson, page("```\n```"), ""},
		{"blank characters in a line", lesson, page("a" + fill(" ", full) + "b"), ""},
		{"entities", lesson, page(fill("&a", full)), "nesting"},

		{"nested sequences", quizzes, "quizzes: " + fill("[", 500*kilobyte), "yaml"},
		{"nested sequences below the limit", quizzes, "quizzes: " + fill("[", 9*kilobyte) + fill("]", 9*kilobyte), "quiz-empty yaml-type"},
		{"nested mappings", quizzes, fill("{a: ", 500*kilobyte), "yaml"},
		{"nested keys", quizzes, fill("? ", 500*kilobyte), "yaml"},
		{"aliases of aliases", quizzes, "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]\n", "yaml-alias"},
		{"merged keys", quizzes, "a: &a {b: c}\n<<: *a\n", "yaml-alias"},
		{"tags", quizzes, "quizzes: !!python/object/apply:os.system [x]\n", "yaml-alias"},
		{"unknown fields", quizzes, numbered("a%d: x\n", 500*kilobyte), "field-unknown"},
		{"equal fields", quizzes, "{" + fill("a,", 500*kilobyte) + "}", "field-repeated field-unknown"},
		{"empty questions", quizzes, "quizzes:\n- id: a\n  title: A\n  questions:\n" + fill("  - {}\n", 500*kilobyte), "field-missing"},
		{"hints", quizzes, quiz("hints: [" + fill("a,", 500*kilobyte) + "]"), "question-hints"},
		{"options", quizzes, quiz("") + "  - id: b\n    type: order\n    prompt: A\n    objective: a\n    items:\n" + numbered("    - {id: a%[1]d, text: b%[1]d}\n", 400*kilobyte), "question-options"},
		{"questions", quizzes, quiz("") + numbered("  - {id: b%d, type: true-false, prompt: A, answer: true, objective: a, explanation: B}\n", 200*kilobyte), ""},
		{"languages of a term", terms, "terms:\n- id: t\n  definition: A\n  languages:\n    en: {term: A}\n" + numbered("    a%d: {term: A}\n", 400*kilobyte), ""},
		{"second document", quizzes, "quizzes: []\n---\nquizzes: []\n", "yaml-documents"},
		{"front matter", lesson, "---\ntitle: " + fill("[", 200*kilobyte) + "\n---\n", "summary-missing yaml"},

		{"groups of a diagram", "modules/manual/1-m/images/x.svg", fill("<g>", 4096*kilobyte), "svg"},
		{"words of a diagram", "modules/manual/1-m/images/x.svg",
			`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">` + fill("<text>a</text>", 1000*kilobyte) + "</svg>", "svg-label"},
		{"attributes of a diagram", "modules/manual/1-m/images/x.svg", "<svg " + fill("x='' ", 1000*kilobyte) + "/>", "svg"},

		{"translation", "translations/fr/manual/m/page.po", poHeader + "msgid \"Text.\"\nmsgstr \"" + fill("*a_ ", 250*kilobyte) + "\"\n", "po-structure"},
		{"broken catalogue", "translations/fr/manual/m/page.po", fill("msgid \"a\n", 250*kilobyte), "po-syntax"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := tiny().module("1-m", "Text.\n")
			if tt.file == lesson && !strings.HasPrefix(tt.text, "---\n") {
				tt.text = tinyLesson + tt.text
			}
			if !strings.HasPrefix(tt.file, "translations/fr/") {
				w["hugo.toml"] = "" // one language is enough
			}
			w[tt.file] = tt.text
			dir := w.write(t)
			soon(t, time.Minute, func() {
				_, diags, err := build.Build(context.Background(), options(dir, course.Learner))
				if err != nil {
					t.Error(err)
				}
				if got := strings.Join(rules(diags), " "); got != tt.rules {
					few := diags[:min(len(diags), 5)]
					t.Errorf("refused by %q, want %q\n%s", got, tt.rules, text(few))
				}
			})
		})
	}
}
