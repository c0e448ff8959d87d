// Package po reads and writes gettext PO files without losing anything. A File is a concrete syntax tree: an entry
// nobody changed is written back byte for byte, and a changed one is printed the way msgcat prints it. The format is
// the one of the GNU gettext manual, "The Format of PO Files"; what the manual leaves open follows GNU gettext 0.21.
//
// The package reads text and knows its syntax. It knows no plural rules and no languages.
package po

import (
	"slices"
	"strings"
)

// File is a PO file: its entries in order, and the bytes they came from.
type File struct {
	entries []*Entry
	index   map[key]*Entry // made when first needed, dropped when a key changes
	bom     string
	eol     string // line ending for what is printed anew
	tail    string // what follows the last entry
	parsed  int    // number of entries the source had
	size    int    // bytes of the source
}

// key is what makes an entry unique: an empty msgctxt is not the same as none.
type key struct {
	hasContext  bool
	context, id string
}

// New makes a file that has only a header entry. The three fields that make gettext read the file as UTF-8 are added
// unless given. See the GNU gettext manual, "Filling in the Header Entry".
func New(header ...Field) *File {
	f := &File{eol: "\n"}
	for _, field := range header {
		f.Header().Set(field.Key, field.Value)
	}
	for _, field := range []Field{
		{"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=UTF-8"},
		{"Content-Transfer-Encoding", "8bit"},
	} {
		if f.Header().Get(field.Key) == "" {
			f.Header().Set(field.Key, field.Value)
		}
	}
	return f
}

// Entries returns the entries in file order, header and obsolete ones included. The slice is the caller's: sort it
// and hand it to Reorder, or remove entries while ranging over it.
func (f *File) Entries() []*Entry { return slices.Clone(f.entries) }

// Lookup finds the entry with this msgctxt and msgid, or nil. An empty ctx finds the entry without msgctxt and, when
// there is none, the one whose msgctxt is empty. Obsolete entries are found too, since gettext lets no other entry
// share their key; of duplicates, the first that is not obsolete wins.
func (f *File) Lookup(ctx, id string) *Entry {
	if f.index == nil {
		f.index = make(map[key]*Entry, len(f.entries))
		for _, e := range f.entries {
			f.indexEntry(e)
		}
	}
	if ctx == "" {
		if e := f.index[key{id: id}]; e != nil {
			return e
		}
	}
	return f.index[key{true, ctx, id}]
}

// indexEntry adds e to the index and returns the entry that had its key before.
func (f *File) indexEntry(e *Entry) (earlier *Entry) {
	earlier = f.index[e.key()]
	if earlier == nil || earlier.Obsolete && !e.Obsolete {
		f.index[e.key()] = e
	}
	return earlier
}

// Append adds an entry at the end. It panics if the entry is in a file already: append a Clone, or Reorder.
func (f *File) Append(e *Entry) { f.Insert(len(f.entries), e) }

// Insert adds an entry before the one at index i. It panics if the entry is in a file already.
func (f *File) Insert(i int, e *Entry) {
	f.adopt(e)
	f.entries = slices.Insert(f.entries, i, e)
}

func (f *File) adopt(e *Entry) {
	if e.file != nil {
		panic("po: entry is in a file already")
	}
	e.file, e.changed, e.place = f, true, printed
	f.index = nil
}

// Remove takes entries out, in one pass over the file. Source text in front of them that Parse could not read stays.
func (f *File) Remove(gone ...*Entry) {
	for _, e := range gone {
		if e.file == f {
			e.file = nil
		}
	}
	kept, unread := f.entries[:0], ""
	for _, e := range f.entries {
		if e.file == f {
			e.lead, unread = unread+e.lead, ""
			kept = append(kept, e)
			continue
		}
		if !isBlank(e.lead) {
			unread += e.lead
		}
		e.lead, e.raw = "", ""
	}
	clear(f.entries[len(kept):])
	f.entries, f.tail, f.index = kept, unread+f.tail, nil
}

// Reorder puts the entries in this order. Entries of the file that order leaves out follow in their old order, so that
// none is lost; entries in no file yet are added. Entries nobody changed keep their bytes wherever they go.
func (f *File) Reorder(order []*Entry) {
	placed := make(map[*Entry]bool, len(order))
	entries := make([]*Entry, 0, max(len(order), len(f.entries)))
	for _, e := range order {
		if placed[e] {
			continue
		}
		if e.file != f {
			f.adopt(e)
		}
		placed[e] = true
		entries = append(entries, e)
	}
	for _, e := range f.entries {
		if !placed[e] {
			entries = append(entries, e)
		}
	}
	f.entries, f.index = entries, nil
}

// Bytes writes the file. For a file as Parse made it these are the bytes it was parsed from, errors or not. Where
// entries moved, a blank line separates them; blank lines that were there stay.
func (f *File) Bytes() []byte {
	out := make([]byte, 0, f.size+f.size/16+256)
	out = append(out, f.bom...)
	body := len(out)
	place, verbatim := 0, true // the entry that came next in the source, and whether what came before it is as it was
	for _, e := range f.entries {
		inPlace := e.place == place
		asBefore := inPlace && verbatim
		// An entry that shares its first line with another depends on that one: the line may start with #~.
		verbatim = !e.changed && (asBefore || !e.midLine)
		lead := e.lead
		switch {
		case inPlace:
		case len(out) == body:
			lead = strings.TrimLeft(lead, blanks)
		case !startsBlank(lead):
			lead = f.eol + lead
		}
		if !asBefore {
			out = f.endLine(out, body)
		}
		out = append(out, lead...)
		if verbatim {
			out = append(out, e.raw...)
		} else {
			out = e.print(f.endLine(out, body), f.eol)
		}
		place = e.place + 1
	}
	if place != f.parsed {
		out = f.endLine(out, body)
		if len(out) > body && !isBlank(f.tail) && !startsBlank(f.tail) {
			out = append(out, f.eol...)
		}
	}
	return append(out, f.tail...)
}

// endLine ends the last line of out, unless nothing has been written after the byte order mark.
func (f *File) endLine(out []byte, body int) []byte {
	if len(out) > body && out[len(out)-1] != '\n' {
		out = append(out, f.eol...)
	}
	return out
}

func isBlank(s string) bool { return strings.Trim(s, blanks) == "" }

func startsBlank(s string) bool {
	line, _, found := strings.Cut(s, "\n")
	return found && isBlank(line)
}
