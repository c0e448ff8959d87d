package locale

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/load"
)

const poHeader = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"

// library is a work with one lesson.
func library(t *testing.T, body string) course.Library {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"modules/_index.md":       "---\ntitle: Home\n---\n",
		"modules/c/_index.md":     "---\ntitle: A collection\n---\n",
		"modules/c/1-m/_index.md": "---\ntitle: A module\nsummary: B\nobjectives: [{id: one, text: do it}]\n---\n",
		"modules/c/1-m/1-x.md":    "---\ntitle: A lesson\nsummary: A summary\n---\n\n" + body,
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	lib, diags, err := load.Load(fsys, "en")
	if err != nil || len(diags) > 0 {
		t.Fatal(diags, err)
	}
	return lib
}

// catalogues of French, from the entries of files.
func catalogues(t *testing.T, files map[string]string) *Catalogues {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, entries := range files {
		fsys["translations/fr/"+name] = &fstest.MapFile{Data: []byte(poHeader + entries)}
	}
	c, err := Read(fsys, "fr")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func text(diags []diag.Diagnostic) string {
	var out bytes.Buffer
	_ = diag.Text(&out, diag.Sort(diags))
	return out.String()
}

func lesson(lib course.Library) course.Lesson { return lib.Collections[0].Modules[0].Lessons[0] }

// TestStates says for every way in which a catalogue can know a text what readers get, and why.
func TestStates(t *testing.T) {
	lib := library(t, "The text.\n")
	id := lesson(lib).Body.Segments[0].ID
	context := "msgctxt \"c/m/x#" + id + "\"\n"
	for _, tt := range []struct{ name, file, entry, value, state string }{
		{"no catalogue", "y.po", "", "The text.", "untranslated"},
		{"no entry", "c/m/x.po", "", "The text.", "untranslated"},
		{"empty", "c/m/x.po", context + "msgid \"The text.\"\nmsgstr \"\"\n", "The text.", "untranslated"},
		{"translated", "c/m/x.po", context + "msgid \"The text.\"\nmsgstr \"Le texte.\"\n", "Le texte.", "translated"},
		{"fuzzy", "c/m/x.po", "#, fuzzy\n" + context + "msgid \"The text.\"\nmsgstr \"Le texte.\"\n", "The text.", "drifted"},
		{"fuzzy and empty", "c/m/x.po", "#, fuzzy\n" + context + "msgid \"The text.\"\nmsgstr \"\"\n", "The text.", "untranslated"},
		{"earlier source", "c/m/x.po", context + "msgid \"A text.\"\nmsgstr \"Un texte.\"\n", "The text.", "drifted"},
		{"earlier source, not translated", "c/m/x.po", context + "msgid \"A text.\"\nmsgstr \"\"\n", "The text.", "untranslated"},
		{"obsolete", "c/m/x.po", "#~ msgctxt \"c/m/x#" + id + "\"\n#~ msgid \"The text.\"\n#~ msgstr \"Le texte.\"\n", "The text.", "untranslated"},
		{"obsolete at an earlier source", "c/m/x.po", "#~ msgctxt \"c/m/x#" + id + "\"\n#~ msgid \"A text.\"\n#~ msgstr \"Un texte.\"\n", "The text.", "untranslated"},
		{"moved", "c/m/x.po", "msgctxt \"c/m/x#elsewhere\"\nmsgid \"The text.\"\nmsgstr \"Le texte.\"\n", "Le texte.", "translated"},
		{"moved and fuzzy", "c/m/x.po", "#, fuzzy\nmsgctxt \"c/m/x#elsewhere\"\nmsgid \"The text.\"\nmsgstr \"Le texte.\"\n", "The text.", "untranslated"},
		{"no context", "c/m/x.po", "msgid \"The text.\"\nmsgstr \"Le texte.\"\n", "Le texte.", "translated"},
		{"its own entry before another's", "c/m/x.po", "msgctxt \"c/m/x#elsewhere\"\nmsgid \"The text.\"\nmsgstr \"Un autre.\"\n\n" + context +
			"msgid \"The text.\"\nmsgstr \"Le texte.\"\n", "Le texte.", "translated"},
		{"another page", "c/m/_index.po", context + "msgid \"The text.\"\nmsgstr \"Le texte.\"\n", "The text.", "untranslated"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out, _ := Localise(lib, catalogues(t, map[string]string{tt.file: tt.entry}))
			s := lesson(out).Body.Segments[0]
			if s.Value != tt.value || s.State.String() != tt.state || s.Source != "The text." || out.Lang != "fr" || out.SourceLang != "en" {
				t.Errorf("%q, %s", s.Value, s.State)
			}
			if s.Foreign() != (tt.state != "translated") {
				t.Errorf("foreign: %v", s.Foreign())
			}
		})
	}
	if s := lesson(lib).Body.Segments[0]; s.State != course.Original || s.Value != "The text." {
		t.Errorf("the library was changed: %+v", s)
	}
}

// TestTexts proves that the texts alone make the library that localising makes.
func TestTexts(t *testing.T) {
	lib := library(t, "One.\n\nTwo.\n\n- Three\n")
	c := catalogues(t, map[string]string{"c/m/x.po": "msgid \"One.\"\nmsgstr \"Un.\"\n\nmsgid \"Three\"\nmsgstr \"Trois\"\n"})
	whole, texts, diags := Translate(lib, c)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	c.Release()
	again := texts.Apply(lib)
	if a, b := fmt.Sprintf("%+v", whole), fmt.Sprintf("%+v", again); a != b {
		t.Errorf("got\n%s\nwant\n%s", b, a)
	}
	if got := lesson(again).Body.Markdown(); got != "\nUn.\n\nTwo.\n\n- Trois\n" {
		t.Errorf("%q", got)
	}
}

func TestOrphans(t *testing.T) {
	lib := library(t, "Text.\n")
	c := catalogues(t, map[string]string{"c/m/x.po": "", "c/m/gone.po": "", "interface.po": "", "_index.po": ""})
	const want = "translations/fr/c/m/gone.po: warning: there is no page \"c/m/gone\" [po-orphan]\n  hint: rename it with the page it translates, or remove it\n"
	if got := text(Orphans(lib, c)); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestRead(t *testing.T) {
	fsys := fstest.MapFS{
		"translations/fr/a.po":     {Data: []byte(poHeader + "msgid \"a\nmsgstr \"b\"\n")},
		"translations/fr/b.mo":     {Data: []byte("x")},
		"translations/fr/link.po":  {Data: []byte("a.po"), Mode: fs.ModeSymlink},
		"translations/fr/large.po": {Data: make([]byte, 4<<20+1)},
		"translations/ar":          {Data: []byte("fr"), Mode: fs.ModeSymlink},
	}
	c, err := Read(fsys, "fr")
	if err != nil {
		t.Fatal(err)
	}
	if len(c.domains) != 1 {
		t.Errorf("%d catalogues", len(c.domains))
	}
	const want = `translations/fr/a.po:4:7: error: unterminated string [po-syntax]
  hint: close it with " on the same line, and write a line break as \n
`
	if got := text(c.Diagnostics()); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	for _, lang := range []string{"ar", "zh"} {
		if c, err := Read(fsys, lang); err != nil || len(c.domains) != 0 {
			t.Errorf("%s: %d catalogues, %v", lang, len(c.domains), err)
		}
	}
}

// TestStructure says which translations, each good by itself, make another page.
func TestStructure(t *testing.T) {
	const body = "## Heading\n\nParagraph.\n\n> [!NOTE] Box\n>\n> Inside.\n\n| Head | Two |\n|------|-----|\n| Cell | Last |\n\n![Alt](images/x.svg \"Caption\")\n\n- Item\n"
	for _, tt := range []struct {
		source, value string
		same          bool
	}{
		{"Heading", "Titre", true},
		{"Heading", "Titre #2 \\* \\[a\\]", true},
		{"Heading", "Titre\nsuite", false},
		{"Heading", "Titre\n\nsuite", false},
		{"Paragraph.", "Un\nparagraphe.", true},
		{"Paragraph.", "  Un paragraphe.", true},
		{"Paragraph.", "Un\n\nparagraphe.", false},
		{"Paragraph.", ": Un paragraphe.", true},
		{"Paragraph.", "Un\n***\nparagraphe.", false},
		{"Box", "Boîte \\[!\\]", true},
		{"Box", "Boîte\nsuite", false},
		{"Inside.", "Dedans\\\nencore.", true},
		{"Inside.", ": Dedans.", false},
		{"Inside.", "[!LAW] Dedans.", true},
		{"Cell", "Case \\| autre", true},
		{"Cell", "Case | autre", false},
		{"Last", "Dernière | autre", false},
		{"Cell", "Case\n| autre", false},
		{"Cell", "Case\\", true},
		{"Alt", "Texte avec \"guillemets\" & \\[crochets\\]", true},
		{"Alt", "Texte](images/x.svg) ![x", false},
		{"Alt", "Texte](images/x.svg)\n\n![x", false},
		{"Alt", "Texte ![x](images/x.svg)", false},
		{"Alt", "Texte <b>gras</b>", false},
		{"Alt", "Texte \\", false},
		{"Caption", "Légende \"guillemets\" 'simples' (x)", true},
		{"Caption", "Légende \\\") [x](y) ![z](images/x.svg \\\"", false},
		{"Caption", "Légende \\", false},
		{"Caption", "Légende\n\nautre", false},
		{"Item", "Élément\nencore", true},
		{"Item", "Élément\n\n- encore", false},
	} {
		lib := library(t, body)
		quoted := strings.NewReplacer("\\", "\\\\", "\"", "\\\"", "\n", "\\n").Replace
		c := catalogues(t, map[string]string{"c/m/x.po": fmt.Sprintf("msgid \"%s\"\nmsgstr \"%s\"\n", tt.source, quoted(tt.value))})
		_, diags := Localise(lib, c)
		errs, _ := diag.Count(diags)
		if (errs == 0) != tt.same {
			t.Errorf("%q for %q:\n%s", tt.value, tt.source, text(diags))
		}
		for _, d := range diags {
			if d.File != "translations/fr/c/m/x.po" || d.Line != 5 {
				t.Errorf("%q: at %s", tt.value, d.Pos)
			}
		}
	}
}

// TestStructureNamesTheFirst proves that of many translations the one at fault is named.
func TestStructureNamesTheFirst(t *testing.T) {
	var body, entries strings.Builder
	for i := range 30 {
		fmt.Fprintf(&body, "## Heading %d\n\n", i)
		value := fmt.Sprintf("Titre \\\\# %d", i) // harmless, but worth a look
		if i == 11 || i == 20 {
			value += "\\nsuite"
		}
		fmt.Fprintf(&entries, "msgid \"Heading %d\"\nmsgstr \"%s\"\n\n", i, value)
	}
	_, diags := Localise(library(t, body.String()), catalogues(t, map[string]string{"c/m/x.po": entries.String()}))
	const want = "translations/fr/c/m/x.po:38: error: the translation changes the structure of the page [po-structure]\n" +
		"  hint: write one line, and a backslash before brackets, bars and quotation marks that are text\n"
	if got := text(diags); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestReference proves that the translations of the reference work have no faults.
func TestReference(t *testing.T) {
	root := os.DirFS("../..")
	lib, _, err := load.Load(root, "en")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"ar", "zh", "fr", "ru", "es"} {
		c, err := Read(root, lang)
		if err != nil {
			t.Fatal(err)
		}
		_, diags := Localise(lib, c)
		diags = append(diags, c.Diagnostics()...)
		if errs, _ := diag.Count(diags); errs > 0 {
			t.Errorf("%s:\n%s", lang, text(diags))
		}
	}
}
