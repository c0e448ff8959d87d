package po

import (
	"slices"
	"strings"
)

// Entry is one message with what PO files say about it. See the GNU gettext manual, "The Format of PO Files".
//
// Read the fields; once an entry is in a file, change them with the setters, which mark it to be printed anew. A
// setter that changes nothing leaves the entry, and so its bytes, alone. Make a new entry as a literal, and give it its
// flags with SetFlags.
type Entry struct {
	Context    string // msgctxt
	HasContext bool   // tells an empty msgctxt from none
	ID         string // msgid
	Plural     string // msgid_plural

	// Str is msgstr, or msgstr[0], msgstr[1] and so on in an entry with a Plural. A parsed entry has at least one.
	Str []string

	Comments   []string // lines of the translator, "# "
	Extracted  []string // lines extracted from the source, "#."
	References []string // places in the source, "#:"
	Previous   Previous // what a fuzzy translation was made from, "#|"
	Obsolete   bool     // "#~": no longer in the source, kept for its translation

	Line    int // line of msgid, counted from 1; 0 in an entry that was not parsed
	StrLine int // line of the first msgstr

	flags   []string // "#,", fuzzy among them
	unknown []string // whole lines of comments of kinds this package does not know

	file      *File
	lead, raw string // source text before the entry, and of the entry
	place     int    // index among the entries of the source, or printed
	hasPlural bool   // there is a msgid_plural, if an empty one
	midLine   bool   // the source has another entry before this one on its first line
	changed   bool
}

// printed is the place of an entry that no source has.
const printed = -2

// Previous is the source text a fuzzy translation was made from. The zero value says there is none.
type Previous struct {
	Context    string
	HasContext bool
	ID         string
	Plural     string
}

func (e *Entry) key() key { return key{e.HasContext, e.Context, e.ID} }

// Clone returns a copy that is in no file. It will be printed anew wherever it is added.
func (e *Entry) Clone() *Entry {
	c := *e
	for _, list := range []*[]string{&c.Str, &c.Comments, &c.Extracted, &c.References, &c.flags, &c.unknown} {
		*list = slices.Clone(*list)
	}
	c.file, c.lead, c.raw = nil, "", ""
	return &c
}

// Fuzzy says that the translation needs a look: its source changed, or a machine made it.
func (e *Entry) Fuzzy() bool { return slices.Contains(e.flags, "fuzzy") }

// Flags returns the flags of all "#," lines in order, those unknown to gettext too. Of several "#," lines msgcat 0.21
// keeps only the last.
func (e *Entry) Flags() []string { return slices.Clone(e.flags) }

// Translated says that msgfmt would use the translation: every form has text, and the entry is neither fuzzy nor
// obsolete.
func (e *Entry) Translated() bool {
	return len(e.Str) > 0 && !slices.Contains(e.Str, "") && !e.Fuzzy() && !e.Obsolete
}

// SetContext gives the entry a msgctxt, which may be empty.
func (e *Entry) SetContext(ctx string) {
	if e.HasContext && e.Context == ctx {
		return
	}
	e.Context, e.HasContext = ctx, true
	e.rekey()
}

// SetID changes the msgid.
func (e *Entry) SetID(id string) {
	if e.ID != id {
		e.ID = id
		e.rekey()
	}
}

// SetPlural changes the msgid_plural; with "" the entry has none.
func (e *Entry) SetPlural(plural string) {
	if e.Plural != plural || e.hasPlural != (plural != "") {
		e.Plural, e.hasPlural, e.changed = plural, plural != "", true
	}
}

// SetStr changes the translation: one text, or all plural forms of an entry with a Plural.
func (e *Entry) SetStr(forms ...string) { e.setList(&e.Str, forms) }

// SetFuzzy adds or removes the flag fuzzy, which comes first as msgcat has it. Like msgcat, Bytes leaves it out of an
// entry without any translation.
func (e *Entry) SetFuzzy(fuzzy bool) {
	if e.Fuzzy() == fuzzy {
		return
	}
	if fuzzy {
		e.SetFlags(append([]string{"fuzzy"}, e.flags...))
	} else {
		e.SetFlags(slices.DeleteFunc(e.Flags(), func(flag string) bool { return flag == "fuzzy" }))
	}
}

// SetFlags changes the flags, fuzzy included.
func (e *Entry) SetFlags(flags []string) { e.setList(&e.flags, flags) }

// SetComments changes the translator's comment, line by line.
func (e *Entry) SetComments(lines []string) { e.setList(&e.Comments, splitLines(lines)) }

// SetExtracted changes the extracted comment, line by line.
func (e *Entry) SetExtracted(lines []string) { e.setList(&e.Extracted, splitLines(lines)) }

// SetReferences changes the places in the source, each "file" or "file:line".
func (e *Entry) SetReferences(refs []string) { e.setList(&e.References, refs) }

// SetPrevious changes what the translation was made from.
func (e *Entry) SetPrevious(p Previous) {
	if e.Previous != p {
		e.Previous, e.changed = p, true
	}
}

// SetObsolete marks the entry obsolete, or brings it back.
func (e *Entry) SetObsolete(obsolete bool) {
	if e.Obsolete != obsolete {
		e.Obsolete = obsolete
		e.rekey()
	}
}

func (e *Entry) setList(list *[]string, to []string) {
	if !slices.Equal(*list, to) {
		*list, e.changed = slices.Clone(to), true
	}
}

func (e *Entry) rekey() {
	e.changed = true
	if e.file != nil {
		e.file.index = nil
	}
}

// splitLines makes one comment line of each line of text, so that none leaves its comment.
func splitLines(lines []string) []string {
	if len(lines) == 0 {
		return nil
	}
	return strings.Split(strings.ReplaceAll(strings.Join(lines, "\n"), "\r\n", "\n"), "\n")
}
