package po

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// string reads a string and adds it to those of its keyword.
func (p *parser) string() {
	at := p.here()
	if p.keyword == none || p.previous != p.keyword.previous() {
		p.stray("string without a keyword", "put msgid or msgstr in front of it")
		return
	}
	p.checkObsolete(at)
	p.pos++
	from := p.pos
	for p.pos < len(p.src) && p.src[p.pos] != '\n' {
		switch p.src[p.pos] {
		case '"':
			p.add(p.src[from:p.pos])
			p.pos++
			p.end, p.mark = p.pos, p.pos
			p.strings++
			return
		case '\\':
			p.add(p.src[from:p.pos])
			p.escape()
			from = p.pos
		case 0:
			p.reportNUL(p.here())
			p.pos++
		default:
			p.pos++
		}
	}
	p.fail(at, "unterminated string", `close it with " on the same line, and write a line break as \n`)
}

// unescaped are the escape sequences of one letter.
var unescaped = map[byte]string{
	'n': "\n", 't': "\t", '"': `"`, '\\': `\`, 'a': "\a", 'b': "\b", 'f': "\f", 'r': "\r", 'v': "\v",
}

// escape reads an escape sequence. A backslash at the end of a line joins it with the next, as in C.
func (p *parser) escape() {
	at := p.here()
	rest := p.src[p.pos+1:]
	if rest == "" {
		p.pos++
		return // unterminated
	}
	if text, ok := unescaped[rest[0]]; ok {
		p.pos += 2
		p.add(text)
		return
	}
	switch c := rest[0]; {
	case c == '\n':
		p.pos += 2
		p.line++
		p.bol = p.pos
	case digit(c) < 8:
		p.pos++
		p.octet(at, 8, 3)
	case c == 'x' && len(rest) > 1 && digit(rest[1]) < 16:
		p.pos += 2
		p.octet(at, 16, len(rest))
	default:
		p.pos++
		p.add(`\`)
		r, _ := utf8.DecodeRuneInString(rest)
		p.report(at, fmt.Sprintf("unknown escape: backslash before %q", r), `write a backslash as \\; known are \n \t \" \a \b \f \r \v, octal \101 and hexadecimal \x41`)
	}
}

// octet reads a byte given by digits of a base, as many as there are up to limit. As in gettext, only the low eight
// bits count.
func (p *parser) octet(at position, base, limit int) {
	value := 0
	for n := 0; n < limit && p.pos < len(p.src) && digit(p.src[p.pos]) < base; n++ {
		value = (value*base + digit(p.src[p.pos])) & 0xFF
		p.pos++
	}
	p.add(string([]byte{byte(value)}))
	p.octets = p.octets || value >= utf8.RuneSelf
	if value == 0 {
		p.reportNUL(at)
	}
}

func (p *parser) reportNUL(at position) {
	p.report(at, "NUL in a string", "remove it: gettext ends the string there")
}

func digit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return 16
}

// add adds to the value of the keyword. One piece stays a part of the source; only a second one needs a copy.
func (p *parser) add(piece string) {
	switch {
	case piece == "":
	case p.build:
		p.buf = append(p.buf, piece...)
	case p.value == "":
		p.value = piece
	default:
		p.buf = append(append(p.buf[:0], p.value...), piece...)
		p.build = true
	}
}

var escaper = strings.NewReplacer(
	`\`, `\\`, `"`, `\"`, "\a", `\a`, "\b", `\b`, "\f", `\f`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "\v", `\v`,
	"\x00", `\000`, // gettext cannot hold it, but a string must not lose it
)

func escape(s string) string { return escaper.Replace(s) }
