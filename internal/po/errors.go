package po

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Error is a place where a file is not the PO format, and what to do about it. Line and Col count from 1; Col counts
// characters.
type Error struct {
	Line, Col int
	Msg, Hint string
}

func (e Error) Error() string { return fmt.Sprintf("%d:%d: %s", e.Line, e.Col, e.Msg) }

// position is a place to report.
type position struct{ line, bol, pos int }

func (p *parser) here() position { return position{p.line, p.bol, p.pos} }

func (p *parser) report(at position, msg, hint string) {
	c := &p.column
	if c.bol != at.bol || c.pos > at.pos {
		c.bol, c.pos, c.col = at.bol, at.bol, 0
	}
	c.col += utf8.RuneCountInString(p.src[c.pos:at.pos]) // from the last error on, so that a long line takes linear time
	c.pos = at.pos
	p.errs = append(p.errs, Error{at.line, c.col + 1, msg, hint})
}

// checkKeys reports duplicates. It leaves the index of the file behind.
func (p *parser) checkKeys() {
	p.file.index = make(map[key]*Entry, len(p.file.entries))
	for _, e := range p.file.entries {
		if earlier := p.file.indexEntry(e); earlier != nil {
			p.errs = append(p.errs, Error{e.Line, 1,
				fmt.Sprintf("duplicate entry: msgid %q is on line %d already", shorten(e.ID), earlier.Line),
				"remove one of them, or give them different msgctxt"})
		}
	}
}

func shorten(s string) string {
	if utf8.RuneCountInString(s) <= 40 {
		return s
	}
	return string([]rune(s)[:39]) + "…"
}

// checkCharset reports a header that names another encoding, or text that is not UTF-8.
func (p *parser) checkCharset(template bool) {
	const hint = "convert the file: msgconv --to-code=UTF-8"
	_, charset, found := strings.Cut(p.file.Header().Get("Content-Type"), "charset=")
	switch charset = strings.ToUpper(strings.TrimSpace(charset)); {
	case !found || charset == "UTF-8" || charset == "UTF8" || charset == "US-ASCII" || charset == "ASCII":
	case charset == "CHARSET" && template: // what xgettext writes when all is ASCII
	default:
		p.errs = append(p.errs, Error{p.file.Header().entry().StrLine, 1, fmt.Sprintf("charset is %q, not UTF-8", charset), hint})
		return
	}
	if utf8.ValidString(p.src) {
		return
	}
	number := 0
	for line := range strings.Lines(p.src) {
		number++
		col := 1
		for i, r := range line {
			if r == utf8.RuneError && !strings.HasPrefix(line[i:], "\uFFFD") {
				p.errs = append(p.errs, Error{number, col, fmt.Sprintf("byte 0x%02X is not UTF-8", line[i]), hint})
				break // one for each line
			}
			col++
		}
	}
}
