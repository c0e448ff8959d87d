package locale

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lectern/internal/course"
	"lectern/internal/diag"
)

const long = "Ask the person whether the place is safe and whether anybody else can hear you before you begin to write."

// synced is the French catalogue of the lesson after a sync with the given body, from the catalogue that was there.
func synced(t *testing.T, before, body string) string {
	t.Helper()
	c := read(t, before)
	out := Sync(library(t, body), nil, c)
	if got, ok := out["translations/fr/c/m/x.po"]; ok {
		return string(got)
	}
	return before
}

func read(t *testing.T, lesson string) *Catalogues {
	t.Helper()
	fsys := fstest.MapFS{}
	if lesson != "" {
		fsys["translations/fr/c/m/x.po"] = &fstest.MapFile{Data: []byte(lesson)}
	}
	c, err := Read(fsys, "fr")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// entries is a catalogue without its header and the entries of the title and the summary.
func entries(po string) string {
	_, rest, _ := strings.Cut(po, "msgid \"A summary\"\nmsgstr \"\"\n")
	return strings.TrimPrefix(rest, "\n")
}

func TestSyncNew(t *testing.T) {
	lib := library(t, "One.\n\n- Two\n\n![Three](images/x.svg \"Four\")\n")
	out := Sync(lib, nil, read(t, ""))
	if got, want := strings.Join(slices.Sorted(maps.Keys(out)), " "), "translations/fr/_index.po translations/fr/c/_index.po translations/fr/c/m/_index.po translations/fr/c/m/x.po"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	const want = `msgid ""
msgstr ""
"Project-Id-Version: c/m/x\n"
"Report-Msgid-Bugs-To: \n"
"PO-Revision-Date: \n"
"Last-Translator: \n"
"Language-Team: \n"
"Language: fr\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"

#. title
#: modules/c/1-m/1-x.md
msgctxt "c/m/x#title"
msgid "A lesson"
msgstr ""

#. summary
#: modules/c/1-m/1-x.md
msgctxt "c/m/x#summary"
msgid "A summary"
msgstr ""

#. paragraph
#: modules/c/1-m/1-x.md
msgctxt "c/m/x#s70277bfc"
msgid "One."
msgstr ""

#. list item
#: modules/c/1-m/1-x.md
msgctxt "c/m/x#s94a72c07"
msgid "Two"
msgstr ""

#. alternative text
#: modules/c/1-m/1-x.md
msgctxt "c/m/x#s926f52d1"
msgid "Three"
msgstr ""

#. caption
#: modules/c/1-m/1-x.md
msgctxt "c/m/x#s12f5aedc"
msgid "Four"
msgstr ""
`
	if got := string(out["translations/fr/c/m/x.po"]); got != want {
		t.Errorf("got\n%s", got)
	}
}

// TestSync says what becomes of translations when the text changes.
func TestSync(t *testing.T) {
	const before = "One is here.\n\n" + long + "\n\n- Short\n"
	french := strings.NewReplacer(
		"msgid \"One is here.\"\nmsgstr \"\"", "msgid \"One is here.\"\nmsgstr \"Un est ici.\"",
		"before you begin to write.\"\nmsgstr \"\"", "before you begin to write.\"\nmsgstr \"Demandez.\"",
		"msgid \"Short\"\nmsgstr \"\"", "msgid \"Short\"\nmsgstr \"Court\"",
	).Replace(synced(t, "", before))
	if strings.Count(french, "msgstr \"\"\n") != 3 {
		t.Fatal(french)
	}
	for _, tt := range []struct {
		name, body string
		want       []string // parts of the catalogue, in this order
		not        []string
	}{
		{"nothing changed", before, []string{"msgstr \"Un est ici.\"", "msgstr \"Demandez.\"", "msgstr \"Court\""}, []string{"fuzzy", "#~", "#|"}},
		{"wrapped anew", "One\nis here.\n\n" + strings.Replace(long, "safe ", "safe\n", 1) + "\n\n-  Short\n", []string{"Un est ici.", "Demandez.", "Court"}, []string{"fuzzy", "#~"}},
		{"edited", strings.Replace(before, "place is safe", "place is quiet", 1), []string{
			"msgstr \"Un est ici.\"", "#, fuzzy\n#| msgid", "place is safe", "msgid", "place is quiet", "msgstr \"Demandez.\"", "Court"}, []string{"#~"}},
		{"edited beyond recognition", strings.Replace(before, long, "An entirely new paragraph which speaks about other things altogether, in its own way.", 1), []string{
			"Un est ici.", "An entirely new", "msgstr \"\"", "Court", "#~ msgid", "#~ msgstr \"Demandez.\""}, []string{"fuzzy"}},
		{"short text edited", strings.Replace(before, "One is here.", "Two is here.", 1), []string{
			"msgid \"Two is here.\"\nmsgstr \"\"", "Demandez.", "Court", "#~ msgid \"One is here.\"\n#~ msgstr \"Un est ici.\""}, []string{"fuzzy"}},
		{"removed", strings.Replace(before, long+"\n\n", "", 1), []string{"Un est ici.", "Court", "#~ msgstr \"Demandez.\""}, []string{"fuzzy"}},
		{"moved", "- Short\n\n" + long + "\n\nOne is here.\n", []string{"msgstr \"Court\"", "Demandez.", "Un est ici."}, []string{"fuzzy", "#~"}},
		{"moved into another place", "> One is here.\n\n## " + long + "\n\nShort\n", []string{"Un est ici.", "#. heading", "Demandez.", "#. paragraph", "Court"}, []string{"fuzzy", "#~"}},
		{"added", "New.\n\n" + before, []string{"msgid \"New.\"\nmsgstr \"\"", "Un est ici.", "Demandez.", "Court"}, []string{"fuzzy", "#~"}},
		{"twice", before + "\nOne is here.\n", []string{"Un est ici.", "Court", "-2\"\nmsgid \"One is here.\"\nmsgstr \"\""}, []string{"fuzzy", "#~"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := synced(t, french, tt.body)
			rest := entries(got)
			for _, part := range tt.want {
				_, after, found := strings.Cut(rest, part)
				if !found {
					t.Fatalf("no %q here:\n%s\nin\n%s", part, rest, entries(got))
				}
				rest = after
			}
			for _, part := range tt.not {
				if strings.Contains(got, part) {
					t.Errorf("%q in\n%s", part, entries(got))
				}
			}
			if again := synced(t, got, tt.body); again != got {
				t.Errorf("a second sync changes\n%s\ninto\n%s", got, again)
			}
			if got == french && tt.name != "nothing changed" && tt.name != "wrapped anew" {
				t.Error("nothing changed")
			}
			// What comes back is translated again.
			if back := synced(t, got, before); strings.Count(back, "Demandez.") != 1 || !strings.Contains(back, "msgstr \"Court\"") || strings.Contains(back, "#~ msgid \"Short\"") {
				t.Errorf("back again\n%s", entries(back))
			}
		})
	}
}

// TestSyncTwoEdits proves that a fuzzy entry keeps the source that its translation was made from.
func TestSyncTwoEdits(t *testing.T) {
	first := strings.Replace(synced(t, "", long+"\n"), "before you begin to write.\"\nmsgstr \"\"", "before you begin to write.\"\nmsgstr \"Demandez.\"", 1)
	second := synced(t, first, strings.Replace(long, "safe", "quiet", 1)+"\n")
	third := synced(t, second, strings.Replace(long, "safe", "calm", 1)+"\n")
	previous := func(po string) string {
		_, rest, _ := strings.Cut(po, "#| msgid")
		before, _, _ := strings.Cut(rest, "msgctxt")
		return strings.Join(strings.Fields(strings.NewReplacer("#|", "", "\"", "").Replace(before)), " ")
	}
	if previous(third) != long || strings.Count(third, "#, fuzzy") != 1 || !strings.Contains(third, "calm") {
		t.Errorf("%q\n%s", previous(third), entries(third))
	}
}

// TestSyncKeeps proves that what translators and their tools wrote stays.
func TestSyncKeeps(t *testing.T) {
	const before = `# Translators of this page.
msgid ""
msgstr ""
"Project-Id-Version: c/m/x\n"
"PO-Revision-Date: 2024-03-05 10:00+0100\n"
"Last-Translator: Somebody <a@example.org>\n"
"Language-Team: French\n"
"Language: fr_CA\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"X-Generator: Weblate\n"

#. title
#: modules/c/1-m/1-x.md
msgctxt "c/m/x#title"
msgid "A lesson"
msgstr ""
"Une "
"leçon"

# A note.
#. summary
#: modules/c/1-m/1-x.md
#, no-wrap
msgctxt "c/m/x#summary"
msgid "A summary"
msgstr "Un résumé"
`
	got := synced(t, before, "")
	generator := "\"X-Generator: Weblate\\n\"\n"
	if want := strings.Replace(before, generator, generator+"\"Report-Msgid-Bugs-To: \\n\"\n", 1); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if again := synced(t, got, ""); again != got {
		t.Error("a second sync changes the file")
	}
}

func TestSyncInterface(t *testing.T) {
	messages := []course.Message{
		{Text: course.NewText("skip", course.KindMessage, "Skip", diag.Pos{File: "translations/interface.yaml"})},
		{Text: course.NewText("minutes", course.KindMessage, "{{ .Count }} minutes", diag.Pos{File: "translations/interface.yaml"}), Singular: "{{ .Count }} minute"},
	}
	for lang, plurals := range map[string]int{"fr": 2, "zh": 1, "ru": 3, "ar": 6} {
		c, err := Read(fstest.MapFS{}, lang)
		if err != nil {
			t.Fatal(err)
		}
		got := string(Sync(course.Library{}, messages, c)["translations/"+lang+"/interface.po"])
		if n := strings.Count(got, "\nmsgstr["); n != plurals || !strings.Contains(strings.ReplaceAll(got, "\"\n\"", ""), "Plural-Forms: "+Plural(lang).header()+"\\n") {
			t.Errorf("%s: %d forms in\n%s", lang, n, got)
		}
		if !strings.Contains(got, "msgctxt \"interface#minutes\"\nmsgid \"{{ .Count }} minute\"\nmsgid_plural \"{{ .Count }} minutes\"\nmsgstr[0] \"\"") {
			t.Errorf("%s: %s", lang, got)
		}
	}
}

func TestSimilarity(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want float64
	}{{"a b c", "a b c", 1}, {"a b", "c d", 0}, {"a a b", "a b b", 2.0 / 3}, {"a b c d", "a b", 2.0 / 3}} {
		if got := similarity(tt.a, tt.b); got != tt.want {
			t.Errorf("%q and %q: %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}

// TestSyncDrops proves that nothing is kept of a text which is gone and was never translated.
func TestSyncDrops(t *testing.T) {
	if got, want := synced(t, synced(t, "", "One.\n\nTwo.\n"), "Two.\n"), synced(t, "", "Two.\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
