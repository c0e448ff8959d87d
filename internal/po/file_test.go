package po

import (
	"bytes"
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"testing"
)

const three = `msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"


# of a
msgid   "a"
msgstr "A"

msgid   "b"
msgstr "B"
msgid   "c"
msgstr "C"
`

// parse reads a file that must have no errors.
func parse(t *testing.T, src string) *File {
	t.Helper()
	f, errs := Parse("test.po", []byte(src))
	if len(errs) > 0 {
		t.Fatalf("%q: %v", src, errs)
	}
	return f
}

func check(t *testing.T, f *File, want string) {
	t.Helper()
	if got := string(f.Bytes()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestOnlyWhatChangedIsPrinted(t *testing.T) {
	f := parse(t, three)
	f.Lookup("", "b").SetStr("Б")
	check(t, f, strings.Replace(three, "msgid   \"b\"\nmsgstr \"B\"\n", "msgid \"b\"\nmsgstr \"Б\"\n", 1))
}

func TestSetters(t *testing.T) {
	tests := []struct {
		name string
		set  func(*Entry)
		want string
	}{
		{"context", func(e *Entry) { e.SetContext("") }, "#, x\nmsgctxt \"\"\nmsgid \"a\"\nmsgstr \"b\"\n"},
		{"id", func(e *Entry) { e.SetID("é") }, "#, x\nmsgid \"é\"\nmsgstr \"b\"\n"},
		{"plural", func(e *Entry) { e.SetPlural("as"); e.SetStr("1", "2") }, "#, x\nmsgid \"a\"\nmsgid_plural \"as\"\nmsgstr[0] \"1\"\nmsgstr[1] \"2\"\n"},
		{"str", func(e *Entry) { e.SetStr("one\ntwo") }, "#, x\nmsgid \"a\"\nmsgstr \"\"\n\"one\\n\"\n\"two\"\n"},
		{"fuzzy", func(e *Entry) { e.SetFuzzy(true) }, "#, fuzzy, x\nmsgid \"a\"\nmsgstr \"b\"\n"},
		{"flags", func(e *Entry) { e.SetFlags([]string{"fuzzy", "range: 0..2"}) }, "#, fuzzy, range: 0..2\nmsgid \"a\"\nmsgstr \"b\"\n"},
		{"comments", func(e *Entry) { e.SetComments([]string{"one\r\ntwo", "", "msgid \"x\""}) },
			"# one\n# two\n#\n# msgid \"x\"\n#, x\nmsgid \"a\"\nmsgstr \"b\"\n"},
		{"extracted", func(e *Entry) { e.SetExtracted([]string{"one", "two"}) }, "#. one\n#. two\n#, x\nmsgid \"a\"\nmsgstr \"b\"\n"},
		{"references", func(e *Entry) { e.SetReferences([]string{"a.md", "b c.md:7", "d\ne"}) },
			"#: a.md \u2068b c.md\u2069:7 \u2068d e\u2069\n#, x\nmsgid \"a\"\nmsgstr \"b\"\n"},
		{"previous", func(e *Entry) { e.SetPrevious(Previous{Context: "c", HasContext: true, ID: "i", Plural: "p"}) },
			"#, x\n#| msgctxt \"c\"\n#| msgid \"i\"\n#| msgid_plural \"p\"\nmsgid \"a\"\nmsgstr \"b\"\n"},
		{"obsolete", func(e *Entry) { e.SetObsolete(true) }, "#, x\n#~ msgid \"a\"\n#~ msgstr \"b\"\n"},
		{"no translation", func(e *Entry) { e.SetFuzzy(true); e.SetStr("") }, "#, x\nmsgid \"a\"\nmsgstr \"\"\n"},
		{"no forms", func(e *Entry) { e.SetPlural("as"); e.SetStr() }, "#, x\nmsgid \"a\"\nmsgid_plural \"as\"\nmsgstr[0] \"\"\n"},
	}
	for _, test := range tests {
		f := parse(t, "#, x\nmsgid   \"a\"\nmsgstr \"b\"\n")
		e := f.Entries()[0]
		test.set(e)
		if got := string(f.Bytes()); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
		if again, errs := Parse("test.po", f.Bytes()); len(errs) > 0 || len(again.Entries()) != 1 {
			t.Errorf("%s: %v", test.name, errs)
		}
	}
}

func TestSettersThatChangeNothing(t *testing.T) {
	for name, src := range corpus(t) {
		f, _ := Parse(name, src)
		for _, e := range f.Entries() {
			if e.HasContext {
				e.SetContext(e.Context)
			}
			e.SetID(e.ID)
			if e.Plural != "" {
				e.SetPlural(e.Plural)
			}
			e.SetStr(e.Str...)
			e.SetFuzzy(e.Fuzzy())
			e.SetFlags(e.Flags())
			e.SetComments(e.Comments)
			e.SetExtracted(e.Extracted)
			e.SetReferences(e.References)
			e.SetPrevious(e.Previous)
			e.SetObsolete(e.Obsolete)
		}
		if !bytes.Equal(f.Bytes(), src) {
			t.Errorf("%s changed", name)
		}
	}
}

func TestTranslated(t *testing.T) {
	tests := map[string]bool{
		"msgid \"a\"\nmsgstr \"b\"\n":                                          true,
		"msgid \"a\"\nmsgstr \"\"\n":                                           false,
		"#, fuzzy\nmsgid \"a\"\nmsgstr \"b\"\n":                                false,
		"#~ msgid \"a\"\n#~ msgstr \"b\"\n":                                    false,
		"msgid \"a\"\nmsgid_plural \"c\"\nmsgstr[0] \"b\"\nmsgstr[1] \"\"\n":   false,
		"msgid \"a\"\nmsgid_plural \"c\"\nmsgstr[0] \"b\"\nmsgstr[1] \"d\"\n ": true,
	}
	for src, want := range tests {
		if got := parse(t, src).Entries()[0].Translated(); got != want {
			t.Errorf("%q: %v", src, got)
		}
	}
}

func TestLookup(t *testing.T) {
	f := parse(t, "msgid \"a\"\nmsgstr \"none\"\n\nmsgctxt \"\"\nmsgid \"a\"\nmsgstr \"empty\"\n\n"+
		"msgctxt \"\"\nmsgid \"b\"\nmsgstr \"only empty\"\n\nmsgctxt \"c\"\nmsgid \"a\"\nmsgstr \"c\"\n\n#~ msgid \"gone\"\n#~ msgstr \"obsolete\"\n")
	for _, test := range []struct{ ctx, id, want string }{
		{"", "a", "none"}, {"", "b", "only empty"}, {"c", "a", "c"}, {"", "gone", "obsolete"}, {"c", "b", ""}, {"d", "a", ""},
	} {
		got := ""
		if e := f.Lookup(test.ctx, test.id); e != nil {
			got = e.Str[0]
		}
		if got != test.want {
			t.Errorf("Lookup(%q, %q) is %q, want %q", test.ctx, test.id, got, test.want)
		}
	}
	e := f.Lookup("c", "a")
	e.SetID("d")
	if f.Lookup("c", "a") != nil || f.Lookup("c", "d") != e {
		t.Error("lookup does not see a new msgid")
	}
	e.SetContext("x")
	if f.Lookup("x", "d") != e {
		t.Error("lookup does not see a new msgctxt")
	}
	f.Remove(e)
	if f.Lookup("x", "d") != nil {
		t.Error("lookup finds a removed entry")
	}
	fresh := &Entry{ID: "fresh"}
	f.Append(fresh)
	if f.Lookup("", "fresh") != fresh {
		t.Error("lookup does not find a new entry")
	}
}

func TestLookupPrefersLiveDuplicates(t *testing.T) {
	f, _ := Parse("a.po", []byte("#~ msgid \"a\"\n#~ msgstr \"old\"\n\nmsgid \"a\"\nmsgstr \"first\"\n\nmsgid \"a\"\nmsgstr \"second\"\n"))
	if got := f.Lookup("", "a").Str[0]; got != "first" {
		t.Errorf("found %q", got)
	}
}

func TestReorder(t *testing.T) {
	f := parse(t, three)
	e := f.Entries() // header, a, b, c
	f.Reorder([]*Entry{e[0], e[3], e[2], e[3], {ID: "d"}})
	check(t, f, `msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

msgid   "c"
msgstr "C"

msgid   "b"
msgstr "B"

msgid "d"
msgstr ""


# of a
msgid   "a"
msgstr "A"
`)
	f = parse(t, three)
	e = f.Entries()
	slices.Reverse(e)
	f.Reorder(e)
	slices.Reverse(e)
	f.Reorder(e)
	check(t, f, three)
}

// The last line of an entry that moves up gets the line break it lacked, and mid-line neighbours are told apart.
func TestReorderSplitsLines(t *testing.T) {
	f := parse(t, "\uFEFF#~ msgid \"a\" msgstr \"A\" msgid \"b\" msgstr \"B\"\r\n\r\nmsgid \"c\"\r\nmsgstr   \"C\"")
	e := f.Entries()
	f.Reorder([]*Entry{e[2], e[1], e[0]})
	check(t, f, "\uFEFFmsgid \"c\"\r\nmsgstr   \"C\"\r\n\r\n#~ msgid \"b\"\r\n#~ msgstr \"B\"\r\n\r\n#~ msgid \"a\" msgstr \"A\"\r\n")

	f = parse(t, "#~ msgid \"a\" msgstr \"A\" msgid \"b\" msgstr \"B\"\n")
	f.Lookup("", "a").SetStr("Ä")
	check(t, f, "#~ msgid \"a\"\n#~ msgstr \"Ä\"\n#~ msgid \"b\"\n#~ msgstr \"B\"\n")
}

func TestInsertAndRemove(t *testing.T) {
	f := parse(t, three)
	f.Remove(f.Lookup("", "a"), f.Lookup("", "c"), &Entry{ID: "of no file"})
	f.Insert(1, &Entry{ID: "new", Comments: []string{"first"}, Str: []string{"N"}})
	check(t, f, `msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

# first
msgid "new"
msgstr "N"

msgid   "b"
msgstr "B"
`)
	f = parse(t, three)
	f.Remove(f.Entries()...)
	check(t, f, "")
}

// An entry taken out of one file can go to another, where it is printed with that file's line ends.
func TestMoveToAnotherFile(t *testing.T) {
	from, to := parse(t, three), parse(t, "msgid \"x\"\r\nmsgstr \"X\"\r\n")
	e := from.Lookup("", "a")
	to.Append(e.Clone())
	from.Remove(e)
	to.Insert(0, e)
	const a = "# of a\r\nmsgid \"a\"\r\nmsgstr \"A\"\r\n"
	check(t, to, a+"\r\nmsgid \"x\"\r\nmsgstr \"X\"\r\n\r\n"+a)
}

func TestAppendTwicePanics(t *testing.T) {
	defer func() {
		if got := recover(); got != "po: entry is in a file already" {
			t.Errorf("recovered %v", got)
		}
	}()
	f := parse(t, three)
	f.Append(f.Entries()[0])
}

// What Parse could not read stays in the file whatever happens to its neighbours, and so do comments at the end.
func TestUnreadTextStays(t *testing.T) {
	const src = "msgid \"a\"\nmsgstr \"A\"\n\njunk\n\nmsgid \"b\"\nmsgstr \"B\"\n\n# end\n"
	f, _ := Parse("a.po", []byte(src))
	f.Remove(f.Lookup("", "b"))
	f.Append(&Entry{ID: "c"})
	check(t, f, "msgid \"a\"\nmsgstr \"A\"\n\nmsgid \"c\"\nmsgstr \"\"\n\njunk\n\n\n# end\n")
	f, _ = Parse("a.po", []byte(src))
	f.Remove(f.Lookup("", "a"))
	check(t, f, "junk\n\nmsgid \"b\"\nmsgstr \"B\"\n\n# end\n")
}

func TestHeader(t *testing.T) {
	f := New(Field{"Language", "ar"}, Field{"Content-Type", "text/plain; charset=UTF-8"}, Field{"X-Note", "one\ntwo"})
	check(t, f, `msgid ""
msgstr ""
"Language: ar\n"
"Content-Type: text/plain; charset=UTF-8\n"
"X-Note: one two\n"
"MIME-Version: 1.0\n"
"Content-Transfer-Encoding: 8bit\n"
`)
	want := []Field{{"Language", "ar"}, {"Content-Type", "text/plain; charset=UTF-8"}, {"X-Note", "one two"},
		{"MIME-Version", "1.0"}, {"Content-Transfer-Encoding", "8bit"}}
	if got := f.Header().Fields(); !reflect.DeepEqual(got, want) {
		t.Errorf("fields %v, want %v", got, want)
	}

	const src = "msgid \"\"\nmsgstr \"\"\n\"no field\\n\"\n\"Language:   ar\\n\"\n\"Language: fr\\n\"\n\"Last:x\"\n\nmsgid \"a\"\nmsgstr \"\"\n"
	f = parse(t, src)
	f.Header().Set("Language", "ar")
	f.Header().Set("Missing", "")
	if got := f.Header().Get("Missing"); got != "" {
		t.Errorf("empty field is %q", got)
	}
	f.Header().Set("Language", "ru")
	f.Header().Set("Last", "y")
	check(t, f, "msgid \"\"\nmsgstr \"\"\n\"no field\\n\"\n\"Language: ru\\n\"\n\"Language: fr\\n\"\n\"Last: y\\n\"\n\"Missing: \\n\"\n\nmsgid \"a\"\nmsgstr \"\"\n")

	f = parse(t, src)
	f.Header().Set("Last", "x") // as it is, but for a line break at its end
	check(t, f, src)

	f = parse(t, "msgctxt \"\"\nmsgid \"\"\nmsgstr \"Not: header\"\n")
	if got := f.Header().Fields(); got != nil {
		t.Errorf("fields %v without a header", got)
	}
	f.Header().Set("Language", "ar")
	check(t, f, "msgid \"\"\nmsgstr \"Language: ar\\n\"\n\nmsgctxt \"\"\nmsgid \"\"\nmsgstr \"Not: header\"\n")
}

// msgfmt -c accepts what is made here.
func TestMsgfmtAccepts(t *testing.T) {
	if _, err := exec.LookPath("msgfmt"); err != nil {
		t.Skip("msgfmt is not installed")
	}
	f := New(Field{"Project-Id-Version", "burns 1.2"}, Field{"PO-Revision-Date", "2025-01-01 00:00+0000"},
		Field{"Last-Translator", "A <a@example.org>"}, Field{"Language-Team", "Arabic <ar@example.org>"}, Field{"Language", "ar"},
		Field{"Plural-Forms", "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;"})
	f.Append(&Entry{HasContext: true, Context: "burns/index#a1", ID: strings.Repeat("Cool the \"burn\"\n", 9),
		Str: []string{strings.Repeat("برّد «الحرق»\n", 9)}, References: []string{"a.md", "b c.md"}, Extracted: []string{"paragraph"}})
	f.Append(&Entry{ID: "%d page", Plural: "%d pages", flags: []string{"c-format"}, Str: strings.Fields("0 %d 2 %d-3 %d-4 %d-5")})
	f.Append(&Entry{ID: "old", Str: []string{"قديم"}, flags: []string{"fuzzy", "lectern-note"}, Previous: Previous{ID: "older"}})
	f.Append(&Entry{ID: "gone", Str: []string{"راح"}, Obsolete: true, Previous: Previous{ID: "going"}})
	cmd := exec.Command("msgfmt", "-c", "-o", "-", "-")
	cmd.Stdin = bytes.NewReader(f.Bytes())
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s\n%s", err, out, f.Bytes())
	}
}
