package po

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Parse reads a PO file, or a template if name ends in .pot, as the GNU gettext manual describes them in "The Format of
// PO Files". It always returns a File, and Bytes of that File is src.
//
// An entry with a broken structure is not among the Entries; its text is kept where it is, and reading goes on at the
// next blank line or entry. An entry whose text has a fault, or that is a duplicate, is reported and kept. What is an
// error here is one to GNU gettext too, but for encodings other than UTF-8, domain directives and NULs. A byte order
// mark, which gettext rejects, is kept without an error.
func Parse(name string, src []byte) (*File, []Error) {
	p := parser{file: &File{eol: "\n", size: len(src)}, line: 1}
	p.src = string(src)
	if rest, ok := strings.CutPrefix(p.src, "\uFEFF"); ok {
		p.file.bom, p.src = "\uFEFF", rest
	}
	if i := strings.IndexByte(p.src, '\n'); i > 0 && p.src[i-1] == '\r' {
		p.file.eol = "\r\n"
	}
	p.parse()
	p.file.parsed = len(p.file.entries)
	p.file.tail = p.src[p.written:]
	p.checkKeys()
	p.checkCharset(strings.HasSuffix(name, ".pot"))
	slices.SortStableFunc(p.errs, func(a, b Error) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Col - b.Col
	})
	return p.file, p.errs
}

const blanks = " \t\r\n\f\v"

// keyword is a part of an entry that has a string.
type keyword uint8

const (
	none keyword = iota
	msgctxt
	msgid
	msgidPlural
	msgstr
	previousMsgctxt
	previousMsgid
	previousMsgidPlural
)

var keywords = map[string]keyword{"msgctxt": msgctxt, "msgid": msgid, "msgid_plural": msgidPlural, "msgstr": msgstr}

func (k keyword) String() string {
	return [...]string{"", "msgctxt", "msgid", "msgid_plural", "msgstr",
		"#| msgctxt", "#| msgid", "#| msgid_plural"}[k]
}

func (k keyword) previous() bool { return k >= previousMsgctxt }

// parser reads token by token: whether an entry is well formed does not depend on where its lines end. Only #~, #|, and
// comments do.
type parser struct {
	file *File
	src  string
	errs []Error

	pos, line, bol     int  // where we are, its line, and where that begins
	mark               int  // where an entry that begins here begins: at bol, or after the last token of the line
	obsolete, previous bool // the line began with #~, with #|

	e        *Entry // the entry being read, nil between entries
	start    int    // where it begins
	end      int    // where its last string ends
	seen     [previousMsgidPlural + 1]bool
	mixed    bool // it is obsolete in part
	comments struct{ translator, unknown, extracted, references, flags []string }
	forms    []string

	keyword keyword  // whose strings are being read
	at      position // where it is
	strings int      // how many strings were read for it
	value   string   // what they add up to,
	buf     []byte   // or this if building
	build   bool
	octets  bool // an escape made a byte that is not ASCII

	written int                         // end of the last entry that went to the file
	slab    []Entry                     // entries are made many at a time, and so are
	lists   []string                    // their lists of strings
	column  struct{ bol, pos, col int } // of the last error: col characters come before pos
}

func (p *parser) parse() {
	for p.pos < len(p.src) {
		switch c := p.src[p.pos]; {
		case c == '\n':
			p.newline()
		case c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v':
			p.pos++
		case c == '#':
			p.comment()
		case c == '"':
			p.string()
		case isWord(c):
			p.word()
		default:
			r, _ := utf8.DecodeRuneInString(p.src[p.pos:])
			p.stray(fmt.Sprintf("unexpected character %q", r), "text goes between double quotes, and a comment begins with #")
		}
	}
	p.finish()
}

func (p *parser) newline() {
	p.pos++
	p.line++
	p.bol, p.mark = p.pos, p.pos
	p.obsolete, p.previous = false, false
}

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '$'
}

// word reads a keyword, and the index after msgstr.
func (p *parser) word() {
	end := p.pos
	for end < len(p.src) && isWord(p.src[end]) {
		end++
	}
	k := keywords[p.src[p.pos:end]]
	switch {
	case k != none:
	case p.src[p.pos:end] == "domain":
		p.stray("domain directive", "remove it, and keep each domain in a file of its own")
		return
	default:
		p.stray(fmt.Sprintf("unknown keyword %q", shorten(p.src[p.pos:end])), "the keywords are msgctxt, msgid, msgid_plural and msgstr, in lower case")
		return
	}
	if p.previous {
		if k == msgstr {
			p.stray("msgstr in a #| comment", "#| takes the previous msgctxt, msgid and msgid_plural only")
			return
		}
		k += previousMsgctxt - msgctxt
	}
	if p.seen[msgstr] && k != msgstr && k != msgidPlural {
		p.finish()
	}
	if k == msgctxt && (p.seen[msgctxt] || p.seen[msgid]) || k == msgid && p.seen[msgid] {
		p.finish() // which reports what the entry lacks
	}
	p.begin()
	at := p.here()
	if k.previous() && (p.keyword != none && !p.keyword.previous()) {
		p.fail(at, "previous text inside an entry", "move the #| lines above the first keyword")
		return
	}
	if !p.endKeyword() {
		p.skip()
		return
	}
	p.pos = end
	if k == msgstr {
		if !p.form(at) {
			return
		}
	} else if msg, hint := p.misplaced(k); msg != "" {
		p.fail(at, msg, hint)
		return
	}
	if p.keyword == none || p.keyword.previous() && !k.previous() {
		p.e.Obsolete = p.obsolete
	} else {
		p.checkObsolete(at)
	}
	if k == msgid {
		p.e.Line = p.line
	}
	p.keyword, p.at = k, at
	p.seen[k] = true
	p.mark = p.pos
}

// misplaced says what is wrong with a keyword here, if anything is.
func (p *parser) misplaced(k keyword) (msg, hint string) {
	switch {
	case p.seen[k]:
		return fmt.Sprintf("second %s in an entry", k), "keep one, or begin a new entry with msgid"
	case k == msgidPlural && !p.seen[msgid], k == previousMsgidPlural && !p.seen[previousMsgid]:
		return fmt.Sprintf("%s without %s", k, k-1), fmt.Sprintf("put %s \"...\" above it", k-1)
	case k == msgidPlural && p.seen[msgstr]:
		return "msgid_plural after msgstr", "put it right after msgid"
	case k == previousMsgctxt && p.seen[previousMsgid]:
		return "#| msgctxt after #| msgid", "put it above #| msgid"
	}
	return "", ""
}

// form reads what may follow msgstr, the index of a plural form, and checks that it is the next one.
func (p *parser) form(at position) bool {
	if !p.seen[msgid] {
		p.fail(at, "msgstr without msgid", `put msgid "..." above it`)
		return false
	}
	next := p.pos
	for next < len(p.src) && (p.src[next] == ' ' || p.src[next] == '\t') {
		next++
	}
	if next == len(p.src) || p.src[next] != '[' {
		switch {
		case p.seen[msgidPlural]:
			p.fail(at, "msgstr without an index after msgid_plural", "number the plural forms msgstr[0], msgstr[1] and so on")
			return false
		case p.seen[msgstr]:
			p.fail(at, "second msgstr in an entry", "keep one, or begin a new entry with msgid")
			return false
		}
		p.e.StrLine = p.line
		return true
	}
	end := next + 1
	for end < len(p.src) && strings.IndexByte("0123456789 \t", p.src[end]) >= 0 {
		end++
	}
	index, err := strconv.Atoi(strings.Trim(p.src[next+1:end], " \t"))
	switch {
	case err != nil || end == len(p.src) || p.src[end] != ']':
		p.fail(at, "msgstr with a broken index", "number the plural forms msgstr[0], msgstr[1] and so on")
		return false
	case !p.seen[msgidPlural]:
		p.fail(at, fmt.Sprintf("msgstr[%d] without msgid_plural", index), `put msgid_plural "..." after msgid, or drop the index`)
		return false
	case index != len(p.forms):
		p.fail(at, fmt.Sprintf("msgstr[%d] instead of msgstr[%d]", index, len(p.forms)), "number the plural forms 0, 1, 2 and so on, without gaps")
		return false
	}
	if index == 0 {
		p.e.StrLine = p.line
	}
	p.pos = end + 1
	return true
}

// begin begins an entry unless one is being read.
func (p *parser) begin() {
	if p.e != nil {
		return
	}
	if len(p.slab) == cap(p.slab) {
		p.slab = make([]Entry, 0, 256)
	}
	p.slab = append(p.slab, Entry{})
	p.e = &p.slab[len(p.slab)-1]
	p.e.midLine = p.mark != p.bol
	p.start = p.mark
}

// endKeyword puts the text that was read where it belongs.
func (p *parser) endKeyword() bool {
	if p.keyword == none {
		return true
	}
	if p.strings == 0 {
		p.report(p.at, fmt.Sprintf("%s without a string", p.keyword), `put a string after it: "" is an empty one`)
		p.drop()
		return false
	}
	if p.build {
		p.value = string(p.buf)
	}
	if p.octets && !utf8.ValidString(p.value) {
		p.report(p.at, fmt.Sprintf("escapes in %s are not UTF-8", p.keyword), "write the characters themselves, in UTF-8")
	}
	e := p.e
	switch p.keyword {
	case msgctxt:
		e.Context, e.HasContext = p.value, true
	case msgid:
		e.ID = p.value
	case msgidPlural:
		e.Plural, e.hasPlural = p.value, true
	case msgstr:
		p.forms = append(p.forms, p.value)
	case previousMsgctxt:
		e.Previous.Context, e.Previous.HasContext = p.value, true
	case previousMsgid:
		e.Previous.ID = p.value
	case previousMsgidPlural:
		e.Previous.Plural = p.value
	}
	p.strings, p.value, p.build, p.octets = 0, "", false, false
	return true
}

// finish ends the entry being read and adds it to the file, if it is one. Comments alone are not: they go with what
// follows them, or stay at the end of the file.
func (p *parser) finish() {
	if p.keyword == none {
		p.drop()
		return
	}
	at, last := p.at, p.keyword
	if !p.endKeyword() {
		return
	}
	if !p.seen[msgstr] {
		want := msgstr
		if !p.seen[msgid] {
			want = msgid
		}
		p.report(at, fmt.Sprintf("%s without %s", last, want), fmt.Sprintf(`add %s "" if there is no text yet`, want))
		p.drop()
		return
	}
	e, c := p.e, &p.comments
	e.Str = p.keep(p.forms)
	e.Comments, e.Extracted, e.References = p.keep(c.translator), p.keep(c.extracted), p.keep(c.references)
	e.flags, e.unknown = p.keep(c.flags), p.keep(c.unknown)

	end := p.end
	for end < len(p.src) && p.src[end] != '\n' && strings.IndexByte(blanks, p.src[end]) >= 0 {
		end++
	}
	switch {
	case end == len(p.src):
	case p.src[end] == '\n':
		end++
	default:
		end = p.end // something else follows on the line
	}
	e.lead, e.raw = p.src[p.written:p.start], p.src[p.start:end]
	e.file, e.place = p.file, len(p.file.entries)
	p.file.entries = append(p.file.entries, e)
	p.written = end
	p.drop()
}

// keep copies a list for an entry.
func (p *parser) keep(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	if len(p.lists)+len(list) > cap(p.lists) {
		p.lists = make([]string, 0, max(1024, len(list)))
	}
	n := len(p.lists)
	p.lists = append(p.lists, list...)
	return p.lists[n:len(p.lists):len(p.lists)]
}

// drop forgets the entry being read.
func (p *parser) drop() {
	p.e, p.keyword, p.mixed = nil, none, false
	clear(p.seen[:])
	p.strings, p.value, p.build, p.octets = 0, "", false, false
	c := &p.comments
	for _, list := range []*[]string{&c.translator, &c.unknown, &c.extracted, &c.references, &c.flags, &p.forms} {
		*list = (*list)[:0]
	}
}

// fail reports what breaks the entry being read, and goes on behind it.
func (p *parser) fail(at position, msg, hint string) {
	p.report(at, msg, hint)
	p.drop()
	p.skip()
}

// stray reports what belongs to no entry. An entry that is complete before it is none the worse.
func (p *parser) stray(msg, hint string) {
	at := p.here()
	if p.seen[msgstr] {
		p.finish()
	}
	p.fail(at, msg, hint)
}

// skip goes to the next line that is blank or begins an entry.
func (p *parser) skip() {
	for {
		i := strings.IndexByte(p.src[p.pos:], '\n')
		if i < 0 {
			p.pos = len(p.src)
			return
		}
		p.pos += i
		p.newline()
		line, _, _ := strings.Cut(p.src[p.pos:], "\n")
		if beginsEntry(strings.TrimLeft(line, blanks)) {
			return
		}
	}
}

func beginsEntry(line string) bool {
	marked := strings.TrimPrefix(strings.TrimPrefix(line, "#~"), "|")
	if marked == line {
		marked = strings.TrimPrefix(line, "#|")
	}
	word := strings.TrimLeft(marked, blanks)
	return line == "" || line[0] == '#' && marked == line ||
		strings.HasPrefix(word, "msgctxt") || strings.HasPrefix(word, "msgid") && !strings.HasPrefix(word, "msgid_")
}

func (p *parser) checkObsolete(at position) {
	if p.obsolete != p.e.Obsolete && !p.previous && !p.mixed {
		p.mixed = true
		p.report(at, "entry is obsolete in part", "begin all of its lines with #~, or none")
	}
}
