package load

import (
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"lectern/internal/course"
	"lectern/internal/diag"
)

// tiny is a work of one module.
func tiny() fstest.MapFS {
	return fstest.MapFS{
		"modules/_index.md":       {Data: []byte("---\ntitle: Home\n---\n")},
		"modules/c/_index.md":     {Data: []byte("---\ntitle: A collection\n---\n")},
		"modules/c/1-m/_index.md": {Data: []byte("---\ntitle: A module\nsummary: A summary\nobjectives: [{id: one, text: do it}]\n---\n")},
	}
}

func load(t *testing.T, fsys fs.FS) (course.Library, string) {
	t.Helper()
	lib, diags, err := Load(fsys, "en")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := diag.Text(&out, diag.Sort(diags)); err != nil {
		t.Fatal(err)
	}
	return lib, out.String()
}

// TestWorks asserts every word that is said about broken works. The file want of each says what.
func TestWorks(t *testing.T) {
	names, err := filepath.Glob("testdata/works/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fsys := tiny()
			want := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
			if want < 0 {
				want = len(archive.Files)
				archive.Files = append(archive.Files, txtar.File{Name: "want"})
			}
			for i, f := range archive.Files {
				if i != want {
					fsys[f.Name] = &fstest.MapFile{Data: f.Data}
				}
			}
			_, got := load(t, fsys)
			if *update {
				archive.Files[want].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got != string(archive.Files[want].Data) {
				t.Errorf("got\n%swant\n%s", got, archive.Files[want].Data)
			}
		})
	}
}

func TestTiny(t *testing.T) {
	lib, got := load(t, tiny())
	if got != "" {
		t.Fatal(got)
	}
	m, ok := lib.Module("c/m")
	if !ok || m.Number != 1 || m.ID != "m" || m.Title.Source != "A module" || m.Title.ID != "title" || m.Domain != "c/m/_index" || m.Level != course.Basic ||
		m.Title.Pos != (diag.Pos{File: "modules/c/1-m/_index.md", Line: 2, Col: 8}) || m.Objectives[0].Text.ID != "objective.one" {
		t.Errorf("%+v", m)
	}
	if lib.Home.Domain != "_index" || lib.Collections[0].Domain != "c/_index" || lib.Collections[0].Path != "c" {
		t.Errorf("%q %q", lib.Home.Domain, lib.Collections[0].Domain)
	}
}

func TestNothing(t *testing.T) {
	_, got := load(t, fstest.MapFS{})
	const want = "modules/_index.md: error: there is no _index.md [page-missing]\n  hint: write the file; lectern new makes one to start from\n"
	if got != want {
		t.Errorf("got\n%s", got)
	}
}

// TestOrder proves that numbers order modules and lessons as numbers, whatever the order of the files.
func TestOrder(t *testing.T) {
	fsys := tiny()
	for _, name := range []string{"10-ten", "2-two", "none"} {
		fsys["modules/c/"+name+"/_index.md"] = fsys["modules/c/1-m/_index.md"]
		fsys["modules/c/1-m/"+name+".md"] = &fstest.MapFile{Data: []byte("---\ntitle: A\nsummary: B\n---\n")}
	}
	lib, got := load(t, fsys)
	if got != "" {
		t.Fatal(got)
	}
	var ids []string
	for _, m := range lib.Collections[0].Modules {
		ids = append(ids, m.ID)
	}
	m, _ := lib.Module("c/m")
	for _, l := range m.Lessons {
		ids = append(ids, l.Path)
	}
	if got := strings.Join(ids, " "); got != "none m two ten c/m/none c/m/two c/m/ten" {
		t.Error(got)
	}
}

// TestWindows proves that a byte order mark and Windows line ends make no difference.
func TestWindows(t *testing.T) {
	const src = "---\ntitle: A\nsummary: B\n---\n\nOne\ntwo.\n\n## Three\n"
	plain, windows := tiny(), tiny()
	plain["modules/c/1-m/1-x.md"] = &fstest.MapFile{Data: []byte(src)}
	windows["modules/c/1-m/1-x.md"] = &fstest.MapFile{Data: []byte("\ufeff" + strings.ReplaceAll(src, "\n", "\r\n"))}
	a, _ := load(t, plain)
	b, got := load(t, windows)
	if got != "" {
		t.Fatal(got)
	}
	x, y := a.Collections[0].Modules[0].Lessons[0], b.Collections[0].Modules[0].Lessons[0]
	if x.Body.Source != y.Body.Source || x.Body.Segments[1].Pos != y.Body.Segments[1].Pos || y.Body.Segments[1].Pos.Line != 9 {
		t.Errorf("%q, %v; want %q, %v", y.Body.Source, y.Body.Segments, x.Body.Source, x.Body.Segments)
	}
}

func TestEncoding(t *testing.T) {
	const hint = "\n  hint: save the file as UTF-8 and remove control and private-use characters\n"
	for src, want := range map[string]string{
		"Б \ue000": "7:3", "Б \x00": "7:3", "\xff": "7:1", "a\u202eb": "7:2", "a\x7f": "7:2", "ok \u2066 é": "",
	} {
		fsys := tiny()
		fsys["modules/c/1-m/1-x.md"] = &fstest.MapFile{Data: []byte("---\ntitle: A\nsummary: B\n---\n\nText.\n" + src + "\n")}
		if want != "" {
			want = "modules/c/1-m/1-x.md:" + want + ": error: a character that no page can hold [text-encoding]" + hint
		}
		if _, got := load(t, fsys); got != want {
			t.Errorf("%q: got\n%swant\n%s", src, got, want)
		}
	}
}

func TestSizes(t *testing.T) {
	const hint = "\n  hint: split the text or make the picture smaller\n"
	for name, limit := range map[string]int{
		"modules/c/1-m/1-x.md": 512 << 10, "modules/sources.yaml": 512 << 10, "quizzes/c/1-m.yaml": 512 << 10,
		"translations/fr/x.po": 4 << 20, "translations/terms.yaml": 4 << 20, "modules/c/1-m/images/x.png": 4 << 20,
	} {
		fsys := tiny()
		fsys[name] = &fstest.MapFile{Data: make([]byte, limit+1)}
		want := name + ": error: the file has " + strings.Trim(strings.Join([]string{digits(limit + 1), "bytes, the most is", digits(limit)}, " "), " ") + " [file-size]" + hint
		if _, got := load(t, fsys); got != want {
			t.Errorf("got\n%swant\n%s", got, want)
		}
		fsys[name] = &fstest.MapFile{Data: bytes.Repeat([]byte("#\n"), limit/2)}
		if _, got := load(t, fsys); strings.Contains(got, "[file-size]") {
			t.Errorf("%s at its limit: %s", name, got)
		}
	}
}

func digits(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return digits(n/10) + digits(n%10)
}

func TestLinks(t *testing.T) {
	fsys := tiny()
	for name, target := range map[string]string{"modules/c/1-m/1-x.md": "_index.md", "modules/d": "c", "quizzes": "modules", "translations/fr": "../modules"} {
		fsys[name] = &fstest.MapFile{Data: []byte(target), Mode: fs.ModeSymlink}
	}
	fsys["modules/c/1-m/2-y.md"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	const want = `modules/c/1-m/1-x.md: error: modules/c/1-m/1-x.md is a symbolic link [symlink]
  hint: put the file itself here
modules/c/1-m/2-y.md: error: not a regular file [file-kind]
  hint: put a regular file here
modules/d: error: modules/d is a symbolic link [symlink]
  hint: put the file itself here
quizzes: error: quizzes is a symbolic link [symlink]
  hint: put the files themselves here
translations/fr: error: translations/fr is a symbolic link [symlink]
  hint: put the file itself here
`
	if _, got := load(t, fsys); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestPictures(t *testing.T) {
	picture := image.NewGray(image.Rect(0, 0, 7, 5))
	encoded := map[string]func(*bytes.Buffer) error{
		"png":  func(b *bytes.Buffer) error { return png.Encode(b, picture) },
		"jpg":  func(b *bytes.Buffer) error { return jpeg.Encode(b, picture, nil) },
		"jpeg": func(b *bytes.Buffer) error { return jpeg.Encode(b, picture, nil) },
		"gif":  func(b *bytes.Buffer) error { return gif.Encode(b, picture, nil) },
	}
	for _, tt := range []struct{ name, format, want string }{
		{"a.png", "png", ""}, {"a.jpg", "jpg", ""}, {"a.jpeg", "jpeg", ""},
		{"a.png", "jpg", "not a readable picture: it is jpeg, not png"},
		{"a.jpg", "gif", "not a readable picture: it is gif, not jpeg"},
		{"a.webp", "png", "not a readable picture: it is png, not webp"},
	} {
		var b bytes.Buffer
		if err := encoded[tt.format](&b); err != nil {
			t.Fatal(err)
		}
		fsys := tiny()
		fsys["modules/c/1-m/images/"+tt.name] = &fstest.MapFile{Data: b.Bytes()}
		lib, got := load(t, fsys)
		if tt.want != "" {
			tt.want = "modules/c/1-m/images/" + tt.name + ": error: " + tt.want + " [image-format]\n  hint: save it again as PNG, JPEG or WebP\n"
		} else if i := lib.Collections[0].Modules[0].Images[0]; i.Width != 7 || i.Height != 5 || i.Name != "images/"+tt.name {
			t.Errorf("%+v", i)
		}
		if got != tt.want {
			t.Errorf("%s in %s: got\n%swant\n%s", tt.format, tt.name, got, tt.want)
		}
	}
}

func TestDiagram(t *testing.T) {
	const src = `<?xml version="1.0"?>
<!-- a <text> b -->
<svg xmlns="http://www.w3.org/2000/svg" width="72" height="36">
  <title>A title</title>
  <g><text id="one" x="1">  One &amp; only
  </text></g>
  <text id="two"></text>
</svg>`
	fsys := tiny()
	fsys["modules/c/1-m/images/stages.svg"] = &fstest.MapFile{Data: []byte(src)}
	lib, got := load(t, fsys)
	if got != "" {
		t.Fatal(got)
	}
	i := lib.Collections[0].Modules[0].Images[0]
	if i.Width != 72 || i.Height != 36 || i.SVG != src || len(i.Labels) != 2 {
		t.Fatalf("%+v", i)
	}
	for n, want := range []struct{ id, source, at string }{{"stages.title", "A title", "A title"}, {"stages.one", "One & only", "One &amp; only"}} {
		l := i.Labels[n]
		if l.ID != want.id || l.Source != want.source || src[l.Start:l.End] != want.at || l.Kind != course.KindLabel {
			t.Errorf("%+v at %q", l, src[l.Start:l.End])
		}
	}
	if pos := i.Labels[1].Pos; pos.Line != 5 || pos.Col != 29 {
		t.Errorf("%v", pos)
	}
}

func TestMessages(t *testing.T) {
	fsys := fstest.MapFS{"translations/interface.yaml": {Data: []byte(`skip: Skip
minutes:
  one: "{{ .Count }} minute"
  other: "{{ .Count }} minutes"
lessons:
  other: "{{ .Count }} lessons"
program: "{{ now }} {{ .Count }}"
hours:
  one: "{{.Count}}"
  other: "{{ range .Count }}"
  many: x
skip: Again
`)}}
	messages, diags, err := Messages(fsys)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	_ = diag.Text(&got, diag.Sort(diags))
	const want = `translations/interface.yaml:6:3: error: the field "one" is missing [field-missing]
  hint: add one: ...
translations/interface.yaml:7:10: error: a message can hold values, not templates [message-placeholder]
  hint: write {{ .Count }}, the name of a value alone
translations/interface.yaml:10:10: error: a message can hold values, not templates [message-placeholder]
  hint: write {{ .Count }}, the name of a value alone
translations/interface.yaml:11:3: error: unknown field "many" [field-unknown]
  hint: the fields here are one, other
translations/interface.yaml:12:1: error: the field "skip" stands twice [field-repeated]
  hint: remove one of them
`
	if got.String() != want {
		t.Errorf("got\n%swant\n%s", &got, want)
	}
	if m := messages[1]; m.ID != "minutes" || m.Singular != "{{ .Count }} minute" || m.Source != "{{ .Count }} minutes" || m.Forms["one"] != m.Singular || m.Forms["other"] != m.Source {
		t.Errorf("%+v", m)
	}
	if messages, diags, err := Messages(fstest.MapFS{}); len(messages)+len(diags) > 0 || err != nil {
		t.Error(messages, diags, err)
	}
	fsys["translations/interface.yaml"] = &fstest.MapFile{Data: []byte("../x"), Mode: fs.ModeSymlink}
	if messages, diags, err := Messages(fsys); len(messages)+len(diags) > 0 || err != nil {
		t.Error("a link was followed:", messages, diags, err)
	}
}

// TestReload proves that reading one module again gives what reading everything gives.
func TestReload(t *testing.T) {
	fsys := tiny()
	const lesson, broken = "modules/c/1-m/1-x.md", "---\ntitle: A\n---\n\n<b>\n\n##\n"
	fsys[lesson] = &fstest.MapFile{Data: []byte("---\ntitle: A\nsummary: B\n---\n")}
	fsys["modules/c/2-n/_index.md"] = &fstest.MapFile{Data: []byte("---\ntitel: A\n---\n")}
	loader := New(fsys, "en")
	_, before, err := loader.Load()
	if err != nil {
		t.Fatal(err)
	}
	fsys[lesson].Data = []byte(broken)
	lib, changed, diags, ok, err := loader.Reload([]string{lesson})
	if err != nil || !ok || !slices.Equal(changed, []string{"c/m"}) {
		t.Fatal(changed, ok, err)
	}
	whole, all, err := Load(fsys, "en")
	if err != nil {
		t.Fatal(err)
	}
	if len(diags) != len(before)+1 || !slices.Equal(diag.Sort(diags), diag.Sort(all)) {
		t.Errorf("%v, want %v", diags, all)
	}
	if a, b := lib.Collections[0].Modules[0].Lessons[0], whole.Collections[0].Modules[0].Lessons[0]; a.Body.Source != b.Body.Source {
		t.Errorf("%q, want %q", a.Body.Source, b.Body.Source)
	}
	for name, change := range map[string]func(){
		"modules/_index.md":           func() {},
		"modules/sources.yaml":        func() { fsys["modules/sources.yaml"] = &fstest.MapFile{} },
		"modules/c/1-m/2-new.md":      func() { fsys["modules/c/1-m/2-new.md"] = &fstest.MapFile{} },
		"modules/c/1-m/_index.md":     func() { delete(fsys, "modules/c/1-m/_index.md") },
		lesson:                        func() { fsys[lesson] = &fstest.MapFile{Data: []byte("_index.md"), Mode: fs.ModeSymlink} },
		"quizzes/c/1-m.yaml":          func() {},
		"translations/fr/c/m/x.po":    func() {},
		"modules/../../../etc/passwd": func() {},
	} {
		change()
		if _, _, _, ok, err := loader.Reload([]string{name}); ok || err != nil {
			t.Errorf("%s was read again: %v", name, err)
		}
	}
}

// FuzzLoad puts text into every kind of file that contributors write: nothing panics, and every error has a hint and a place.
func FuzzLoad(f *testing.F) {
	names, err := filepath.Glob("testdata/works/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			f.Add(string(file.Data))
		}
	}
	if b, err := os.ReadFile("testdata/every-type.yaml"); err == nil {
		f.Add(string(b))
	}
	f.Fuzz(func(t *testing.T, src string) {
		fsys := tiny()
		for _, name := range []string{"modules/c/1-m/1-x.md", "modules/c/1-m/trial.yaml", "modules/c/1-m/images/x.svg", "modules/c/1-m/images/x.png", "modules/sources.yaml",
			"quizzes/c/1-m.yaml", "translations/terms.yaml"} {
			fsys[name] = &fstest.MapFile{Data: []byte(src)}
		}
		_, diags, err := Load(fsys, "en")
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range diags {
			if d.File == "" || d.Severity == diag.Error && (d.Hint == "" || d.Rule == "" || d.Message == "") {
				t.Errorf("%+v", d)
			}
		}
	})
}
