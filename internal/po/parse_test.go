package po

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func corpus(t testing.TB) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/*/*.po*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	corpus := map[string][]byte{}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		corpus[file] = src
	}
	return corpus
}

func TestBytesAreThoseParsed(t *testing.T) {
	for name, src := range corpus(t) {
		f, _ := Parse(name, src)
		if got := f.Bytes(); !bytes.Equal(got, src) {
			t.Errorf("%s: got\n%q\nwant\n%q", name, got, src)
		}
	}
}

// Reading is independent of the source once it is done.
func TestParseCopiesTheSource(t *testing.T) {
	src := []byte("msgid \"a\"\nmsgstr \"b\"\n")
	f, _ := Parse("a.po", src)
	clear(src)
	if e := f.Lookup("", "a"); e == nil || e.Str[0] != "b" {
		t.Errorf("entry changed with the source: %+v", e)
	}
}

func TestParseNasty(t *testing.T) {
	for _, name := range []string{"nasty.po", "nasty-crlf.po"} {
		src, err := os.ReadFile("testdata/corpus/" + name)
		if err != nil {
			t.Fatal(err)
		}
		f, errs := Parse(name, src)
		if len(errs) > 0 {
			t.Fatalf("%s: %v", name, errs)
		}
		want := []Entry{
			{Line: 7, StrLine: 8, Comments: []string{"Training modules, Arabic.", "Copyright notice with trailing blanks   ", "", "\ta comment after a tab"},
				flags: []string{"fuzzy"}},
			{Line: 37, StrLine: 41, HasContext: true, Context: "burns/index#a1",
				ID:        "Cool the burn\tfor %d minute.\nThen \"cover\" it: C:\\dir\\new, \a\b\f\v\r.",
				Plural:    "Cool the burn for %d minutes.",
				hasPlural: true,
				Str:       []string{"صفر", "واحد", "اثنان", "قليل", "كثير", "آخر"},
				Comments:  []string{"three blank lines above, an unknown comment kind below"},
				unknown:   []string{"#= sticky, note", "#@ machine: deepl", "#TODO ask the nurse", "#!xgettext:x"},
				Extracted: []string{"Paragraph in burns/first-aid.", "Second extracted line."},
				References: []string{"modules/burns/index.md:12", "modules/burns/index.md:48",
					"modules/burns/first aid.md:7"},
				flags:    []string{"fuzzy", "c-format", "no-wrap", "range: 0..5", "lectern-note"},
				Previous: Previous{HasContext: true, Context: "burns/index#a0", ID: "Cool the burn for %d minutes.", Plural: "x"}},
			{Line: 48, StrLine: 49, ID: "no blank line above", Str: []string{""}},
			{Line: 50, StrLine: 50, ID: "one", Str: []string{"line"}},
			{Line: 50, StrLine: 50, ID: "threeon it", Str: []string{"يا"}, midLine: true},
			{Line: 53, StrLine: 56, HasContext: true, ID: "odd indentationwith a blank line inside",
				Str:      []string{"text on the next line   and a joined line"},
				Comments: []string{"a comment behind, of the next entry"}, midLine: true},
			{Line: 61, StrLine: 62, ID: "odd indentation", Str: []string{"the same msgid without msgctxt"}},
			{Line: 64, StrLine: 65, ID: `escapes AB AA2 é \" é`, Str: []string{"\b1"}},
			{Line: 76, StrLine: 80, Obsolete: true, HasContext: true, Context: "gone#2", ID: "gone for good", Plural: "all gone", hasPlural: true,
				Str: []string{"راح", ""}, Comments: []string{"obsolete below"}, Extracted: []string{"extracted, too"}, flags: []string{"fuzzy"},
				Previous: Previous{HasContext: true, Context: "gone#1", ID: "before that it was this", Plural: "these"}},
			{Line: 83, StrLine: 84, Obsolete: true, ID: "glued mark", Str: []string{"لصق"}},
			{Line: 85, StrLine: 85, Obsolete: true, ID: "a", Str: []string{"b"}},
			{Line: 85, StrLine: 85, Obsolete: true, ID: "c", Str: []string{"d"}, midLine: true},
		}
		want[0].Str = []string{strings.Join([]string{"Project-Id-Version: burns 1.2", "Language: ar", "MIME-Version: 1.0",
			"Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit", "a line that is no field",
			"Plural-Forms: nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
			"X-Generator: Weblate 5.4", ""}, "\n")}
		entries := f.Entries()
		if len(entries) != len(want) {
			t.Fatalf("%s: %d entries, want %d", name, len(entries), len(want))
		}
		for i, e := range entries {
			got := *e
			got.file, got.lead, got.raw, got.place = nil, "", "", 0
			if !reflect.DeepEqual(got, want[i]) {
				t.Errorf("%s: entry %d is\n%+v\nwant\n%+v", name, i, got, want[i])
			}
		}
	}
}

func TestErrors(t *testing.T) {
	const number = "number the plural forms msgstr[0], msgstr[1] and so on"
	const obsolete = "begin all of its lines with #~, or none"
	const word = "the keywords are msgctxt, msgid, msgid_plural and msgstr, in lower case"
	const quote = "text goes between double quotes, and a comment begins with #"
	const closing = `close it with " on the same line, and write a line break as \n`
	const utf8 = "convert the file: msgconv --to-code=UTF-8"
	const escapes = `write a backslash as \\; known are \n \t \" \a \b \f \r \v, octal \101 and hexadecimal \x41`
	const good = "\nmsgid \"good\"\nmsgstr \"\"\n"
	tests := []struct {
		name, src string
		want      []Error
		entries   int // those usable, without the one of good, which is added to src
	}{
		{"fine", "msgid \"a\"\nmsgstr \"b\"\n", nil, 1},
		{"unterminated string", "msgid \"a\nmsgstr \"b\"\n", []Error{{1, 7, "unterminated string", closing}}, 0},
		{"unterminated string in a translation", "msgid \"a\"\nmsgstr \"b\"\n\"c\n\"d\"\n", []Error{{3, 1, "unterminated string", closing}}, 0},
		{"column in characters", "msgid \"é\" ?\n", []Error{{1, 11, "unexpected character '?'", quote}}, 0},
		{"unknown keyword", "MSGID \"a\"\nmsgstr \"b\"\n", []Error{{1, 1, `unknown keyword "MSGID"`, word}}, 0},
		{"unexpected character", "msgid = \"a\"\nmsgstr \"b\"\n", []Error{{1, 7, "unexpected character '='", quote}}, 0},
		{"text behind an entry", "msgid \"a\"\nmsgstr \"b\"\nnonsense here\n", []Error{{3, 1, `unknown keyword "nonsense"`, word}}, 1},
		{"domain", "domain \"x\"\n", []Error{{1, 1, "domain directive", "remove it, and keep each domain in a file of its own"}}, 0},
		{"string alone", "\"a\"\n", []Error{{1, 1, "string without a keyword", "put msgid or msgstr in front of it"}}, 0},
		{"string after a comment", "msgid \"a\"\nmsgstr \"b\"\n# c\n\"d\"\n",
			[]Error{{4, 1, "string without a keyword", "put msgid or msgstr in front of it"}}, 1},
		{"string leaves the previous text", "#| msgid \"a\"\n\"b\"\nmsgid \"c\"\nmsgstr \"d\"\n",
			[]Error{{2, 1, "string without a keyword", "put msgid or msgstr in front of it"}}, 1},
		{"keyword alone", "msgid\nmsgstr \"b\"\n", []Error{{1, 1, "msgid without a string", `put a string after it: "" is an empty one`}}, 0},
		{"keyword alone before an entry", "msgctxt\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n",
			[]Error{{1, 1, "msgctxt without a string", `put a string after it: "" is an empty one`}}, 1},
		{"no msgstr", "msgid \"a\"\n", []Error{{1, 1, "msgid without msgstr", `add msgstr "" if there is no text yet`}}, 0},
		{"no msgstr, and no blank line", "msgid \"a\"\nmsgid \"b\"\nmsgstr \"\"\n", []Error{{1, 1, "msgid without msgstr", `add msgstr "" if there is no text yet`}}, 1},
		{"no msgid", "msgctxt \"a\"\n\n# c\n", []Error{{1, 1, "msgctxt without msgid", `add msgid "" if there is no text yet`}}, 0},
		{"msgstr first", "msgstr \"a\"\n", []Error{{1, 1, "msgstr without msgid", `put msgid "..." above it`}}, 0},
		{"plural first", "msgid_plural \"a\"\n", []Error{{1, 1, "msgid_plural without msgid", `put msgid "..." above it`}}, 0},
		{"plural last", "msgid \"a\"\nmsgstr \"a\"\nmsgid_plural \"b\"\n", []Error{{3, 1, "msgid_plural after msgstr", "put it right after msgid"}}, 0},
		{"two plurals", "msgid \"a\"\nmsgid_plural \"a\"\nmsgid_plural \"b\"\n",
			[]Error{{3, 1, "second msgid_plural in an entry", "keep one, or begin a new entry with msgid"}}, 0},
		{"two translations", "msgid \"a\"\nmsgstr \"a\"\nmsgstr \"b\"\n",
			[]Error{{3, 1, "second msgstr in an entry", "keep one, or begin a new entry with msgid"}}, 0},
		{"previous context below", "#| msgid \"a\"\n#| msgctxt \"b\"\nmsgid \"a\"\nmsgstr \"a\"\n",
			[]Error{{2, 4, "#| msgctxt after #| msgid", "put it above #| msgid"}}, 1},
		{"previous plural alone", "#| msgid_plural \"a\"\nmsgid \"a\"\nmsgstr \"a\"\n",
			[]Error{{1, 4, "#| msgid_plural without #| msgid", `put #| msgid "..." above it`}}, 1},
		{"previous translation", "#| msgstr \"a\"\nmsgid \"a\"\nmsgstr \"a\"\n",
			[]Error{{1, 4, "msgstr in a #| comment", "#| takes the previous msgctxt, msgid and msgid_plural only"}}, 1},
		{"previous text below", "msgid \"a\"\n#| msgid \"b\"\nmsgstr \"a\"\n",
			[]Error{{2, 4, "previous text inside an entry", "move the #| lines above the first keyword"}}, 0},
		{"previous text of nothing", "msgid \"a\"\nmsgstr \"\"\n#| msgid \"b\"\n\n# c\n",
			[]Error{{3, 4, "#| msgid without msgid", `add msgid "" if there is no text yet`}}, 1},
		{"index without plural", "msgid \"a\"\nmsgstr[0] \"b\"\n",
			[]Error{{2, 1, "msgstr[0] without msgid_plural", `put msgid_plural "..." after msgid, or drop the index`}}, 0},
		{"plural without index", "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr \"c\"\n",
			[]Error{{3, 1, "msgstr without an index after msgid_plural", number}}, 0},
		{"gap in the forms", "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\nmsgstr[2] \"d\"\n",
			[]Error{{4, 1, "msgstr[2] instead of msgstr[1]", "number the plural forms 0, 1, 2 and so on, without gaps"}}, 0},
		{"broken index", "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[x] \"c\"\n", []Error{{3, 1, "msgstr with a broken index", number}}, 0},
		{"index alone", "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[] \"c\"\n", []Error{{3, 1, "msgstr with a broken index", number}}, 0},
		{"open index", "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0 \"c\"\n", []Error{{3, 1, "msgstr with a broken index", number}}, 0},
		{"comment inside", "msgid \"a\"\n# c\nmsgstr \"b\"\n",
			[]Error{{2, 1, "comment inside an entry", "move it above the first line of the entry, before any #|"}}, 1},
		{"comments inside", "msgid \"a\"\n# c\n# d\nmsgstr \"b\"\n", []Error{
			{2, 1, "comment inside an entry", "move it above the first line of the entry, before any #|"},
			{3, 1, "comment inside an entry", "move it above the first line of the entry, before any #|"}}, 1},
		{"comment after previous text", "#| msgid \"a\"\n#, fuzzy\nmsgid \"b\"\nmsgstr \"b\"\n",
			[]Error{{2, 1, "comment inside an entry", "move it above the first line of the entry, before any #|"}}, 1},
		{"comment after a torn entry", "msgid \"a\"\n\n# c\nmsgid \"b\"\nmsgstr \"b\"\n",
			[]Error{{1, 1, "msgid without msgstr", `add msgstr "" if there is no text yet`}}, 1},
		{"comment in previous text", "#| # c\nmsgid \"a\"\nmsgstr \"b\"\n", []Error{{1, 4, "comment in a #| comment", "give it a line of its own"}}, 1},
		{"obsolete in part", "#~ msgid \"a\"\nmsgstr \"b\"\n\"c\"\n", []Error{{2, 1, "entry is obsolete in part", obsolete}}, 1},
		{"obsolete and torn", "#~ msgid \"a\n#~ msgstr \"b\"\n", []Error{{1, 10, "unterminated string", closing}}, 0},
		{"escapes", `msgid "\q é\x"` + "\nmsgstr \"\\\r\"\n", []Error{
			{1, 8, "unknown escape: backslash before 'q'", escapes},
			{1, 12, "unknown escape: backslash before 'x'", escapes},
			{2, 9, `unknown escape: backslash before '\r'`, escapes}}, 1},
		{"NUL", `msgid "a\0b"` + "\nmsgstr \"\\x00\x00\"\n", []Error{
			{1, 9, "NUL in a string", "remove it: gettext ends the string there"},
			{2, 9, "NUL in a string", "remove it: gettext ends the string there"},
			{2, 13, "NUL in a string", "remove it: gettext ends the string there"}}, 1},
		{"escapes that are not UTF-8", `msgid "\303\251"` + "\n" + `msgstr "\303"` + "\n",
			[]Error{{2, 1, "escapes in msgstr are not UTF-8", "write the characters themselves, in UTF-8"}}, 1},
		{"not UTF-8", "# é\xe9\xe8\n\nmsgid \"\xff\"\nmsgstr \"\ufffd\"\n",
			[]Error{{1, 4, "byte 0xE9 is not UTF-8", utf8}, {3, 8, "byte 0xFF is not UTF-8", utf8}}, 1},
		{"another charset", "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=iso-8859-1\\n\"\n\nmsgid \"\xff\"\nmsgstr \"\"\n",
			[]Error{{2, 1, `charset is "ISO-8859-1", not UTF-8`, utf8}}, 2},
		{"charset of a template", "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=CHARSET\\n\"\n",
			[]Error{{2, 1, `charset is "CHARSET", not UTF-8`, utf8}}, 1},
		{"duplicates", "msgid \"a\"\nmsgstr \"\"\n\nmsgctxt \"\"\nmsgid \"a\"\nmsgstr \"\"\n\n#~ msgid \"a\"\n#~ msgstr \"\"\n",
			[]Error{{8, 1, `duplicate entry: msgid "a" is on line 1 already`, "remove one of them, or give them different msgctxt"}}, 3},
		{"long duplicate", strings.Repeat("msgid \""+strings.Repeat("é", 50)+"\"\nmsgstr \"\"\n", 2), []Error{{3, 1,
			`duplicate entry: msgid "` + strings.Repeat("é", 39) + `…" is on line 1 already`, "remove one of them, or give them different msgctxt"}}, 2},
	}
	for _, test := range tests {
		f, errs := Parse("a.po", []byte(test.src+good))
		if !reflect.DeepEqual(errs, test.want) {
			t.Errorf("%s: errors\n%q\nwant\n%q", test.name, errs, test.want)
		}
		if f.Lookup("", "good") == nil || len(f.Entries()) != test.entries+1 {
			t.Errorf("%s: %d entries, want %d and the good one", test.name, len(f.Entries()), test.entries)
		}
		if got := string(f.Bytes()); got != test.src+good {
			t.Errorf("%s: bytes\n%q\nwant\n%q", test.name, got, test.src+good)
		}
	}
}

func TestReferences(t *testing.T) {
	tests := []struct {
		line string
		want []string
	}{
		{"", nil},
		{" a.md:1\tb.md ", []string{"a.md:1", "b.md"}},
		{" a \u2068b c.md\u2069:7 \u2068d e\u2069 f\u00a0g", []string{"a", "b c.md:7", "d e", "f\u00a0g"}},
		{" \u2068b c.md:7\u2069 \u2068a\u2069", []string{"\u2068b c.md:7\u2069", "\u2068a\u2069"}},
		{" \u2068\u2069 \u2068a b", []string{"\u2068\u2069", "\u2068a", "b"}},
		{" \u2069 a\u2068b c\u2069", []string{"\u2069", "a\u2068b", "c\u2069"}},
	}
	for _, test := range tests {
		if got := splitReferences(nil, test.line); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%q: %q, want %q", test.line, got, test.want)
		}
	}
}

func TestErrorText(t *testing.T) {
	if got, want := (Error{3, 7, "msgid without msgstr", "x"}).Error(), "3:7: msgid without msgstr"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTemplate(t *testing.T) {
	src, err := os.ReadFile("testdata/corpus/template.pot")
	if err != nil {
		t.Fatal(err)
	}
	if _, errs := Parse("template.pot", src); len(errs) > 0 {
		t.Errorf("errors %v in a template", errs)
	}
}

// Every error of the corpus has both its texts, and they come in order of line.
func TestBrokenCorpus(t *testing.T) {
	for name, src := range corpus(t) {
		_, errs := Parse(name, src)
		for i, e := range errs {
			if e.Line < 1 || e.Col < 1 || e.Msg == "" || e.Hint == "" || i > 0 && e.Line < errs[i-1].Line {
				t.Errorf("%s: %+v", name, errs)
			}
		}
		if broken := strings.Contains(name, "broken") || strings.Contains(name, "latin1") || strings.Contains(name, "not-utf8"); broken != (len(errs) > 0) {
			t.Errorf("%s: errors %v", name, errs)
		}
	}
}

// A string that is in one piece in the source is not copied: what is allocated is the entries, many at a time.
func TestParseAllocatesLittle(t *testing.T) {
	src := []byte(strings.Repeat("#: a.md\n#, fuzzy\nmsgid \"\"\n\"one piece\"\nmsgstr \"one piece\"\n\n", 1000))
	allocs := testing.AllocsPerRun(5, func() {
		p := parser{file: &File{}, src: string(src), line: 1}
		p.parse()
	})
	if allocs > 100 {
		t.Errorf("%v allocations for 1000 entries", allocs)
	}
}
